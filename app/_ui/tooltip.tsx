'use client';
import { Slot } from 'radix-ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Kbd } from './kbd.tsx';
import { fetchAhead, fetchSoon, lazyPart } from './lazy-part.ts';
import { tooltipGesture } from './tooltip-gesture.ts';

const load = async () => (await import('./tooltip-panel.tsx')).TooltipPanel;
const TooltipPanel = lazyPart(load, () => null);

/** Fetches what tooltips are drawn with once the page rests: they also say why the network is gone. Answers how to end that. */
export function fetchTooltips(): () => void {
  return fetchSoon(load, 0);
}

/**
 * Tells on hover and focus what the child is or exactly holds. `children` is one element that takes a ref. A page has
 * many and shows few of them: what draws one is fetched for the first.
 */
export function Tooltip({
  text,
  keys,
  side = 'bottom',
  children,
}: {
  text: ReactNode;
  keys?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const [gesture] = useState(() => tooltipGesture(setOpen));
  useEffect(() => gesture.close, [gesture]);
  return (
    <>
      <Slot.Root
        ref={anchor}
        aria-describedby={open ? id : undefined}
        onPointerEnter={() => fetchAhead(load)}
        onPointerMove={({ pointerType }) => gesture.move(pointerType)}
        onPointerLeave={gesture.leave}
        onPointerDown={gesture.press}
        onPointerUp={gesture.release}
        onPointerCancel={gesture.release}
        onFocus={gesture.focus}
        onBlur={gesture.close}
        onClick={gesture.close}
      >
        {children}
      </Slot.Root>
      {open && (
        <TooltipPanel id={id} anchor={anchor} side={side} gesture={gesture}>
          {text}
          {keys && <Kbd>{keys}</Kbd>}
        </TooltipPanel>
      )}
    </>
  );
}
