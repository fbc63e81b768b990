/** How a stream is begun; it tells when it broke for good. */
type Begin = (onBroken: () => void) => { unsubscribe: () => void };

const firstDelayMs = 1_000;
const longestDelayMs = 15_000;

/**
 * Follows a stream until it is stopped, over restarts of the server and ended sessions: a stream that breaks for good
 * is begun again, later each time. `again`: it may work now.
 */
export function followLive(begin: Begin, healthyAfterMs = 30_000): { again: () => void; stop: () => void } {
  let stream: { unsubscribe: () => void } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;

  const start = () => {
    clearTimeout(timer);
    timer = undefined;
    stream?.unsubscribe();
    const begunAt = Date.now();
    stream = begin(() => {
      if (stopped || timer !== undefined) return;
      failures = Date.now() - begunAt > healthyAfterMs ? 0 : failures + 1;
      timer = setTimeout(start, Math.min(longestDelayMs, firstDelayMs * 2 ** failures));
    });
  };
  start();
  return {
    again: () => {
      if (timer !== undefined) start();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      stream?.unsubscribe();
    },
  };
}
