export type IdleWatch = { signal: AbortSignal; touch: () => void; late: () => boolean; stop: () => void };

/** A signal that aborts with `signal`, or when `touch` was not called for `idleMs`. `late` tells the second case. */
export function watchIdle(signal: AbortSignal, idleMs: number): IdleWatch {
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), idleMs);
  return {
    signal: AbortSignal.any([signal, idle.signal]),
    touch: () => void timer.refresh(),
    late: () => idle.signal.aborted,
    stop: () => clearTimeout(timer),
  };
}
