const openAfterMs = 300;
/** So soon after one closed, the next opens without delay. */
const nextWithinMs = 200;
/** Time to come from what is explained to the explanation, to read or copy it. */
const leaveAfterMs = 150;

/** Closes the tooltip that is open: there is one at most. */
let closeOpen: (() => void) | null = null;
let closedAtMs = Number.NEGATIVE_INFINITY;

export type TooltipGesture = ReturnType<typeof tooltipGesture>;

/** When a tooltip opens and closes, from what pointer and keyboard do. `change` is told of each. */
export function tooltipGesture(change: (open: boolean) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [open, hovered, pressed] = [false, false, false];
  const stay = () => clearTimeout(timer);
  const close = () => {
    stay();
    if (!open) return;
    open = false;
    closeOpen = null;
    closedAtMs = performance.now();
    change(false);
  };
  const show = () => {
    stay();
    if (open) return;
    closeOpen?.();
    closeOpen = close;
    open = true;
    change(true);
  };
  const leave = () => {
    hovered = false;
    pressed = false;
    stay();
    if (open) timer = setTimeout(close, leaveAfterMs);
  };
  return {
    close,
    leave,
    /** The pointer is over the explanation itself. */
    stay,
    move(pointerType: string) {
      if (pointerType === 'touch' || hovered) return;
      hovered = true;
      stay();
      if (closeOpen !== null || performance.now() - closedAtMs < nextWithinMs) show();
      else timer = setTimeout(show, openAfterMs);
    },
    /** Focus that comes of a press explains nothing: one is about to do it. */
    press() {
      close();
      pressed = true;
    },
    release() {
      pressed = false;
    },
    focus() {
      if (!pressed) show();
    },
  };
}
