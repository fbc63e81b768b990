/** Wakes who sleeps, also where it is rung before they lie down. */
export type Alarm = {
  ring: () => void;
  /** Resolves when rung, after `ms`, or when the signal aborts; true where it was rung. */
  sleep: (ms: number, signal: AbortSignal) => Promise<boolean>;
};

export function createAlarm(): Alarm {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async sleep(ms, signal) {
      if (!rung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          signal.addEventListener('abort', end, { once: true });
          wake = end;
          function end(): void {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            resolve();
          }
        });
      wake = null;
      const wasRung = rung;
      rung = false;
      return wasRung;
    },
  };
}
