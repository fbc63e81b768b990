import { NodeError } from '#nodes/core/errors.ts';

/** The failure of a step whose signal was aborted; `happened` as for any failure of an effect. */
export function cancelled(signal: AbortSignal, happened: 'no' | 'unknown'): NodeError {
  const reason: unknown = signal.reason;
  if (reason instanceof NodeError) return reason;
  return new NodeError('CANCELLED', 'The step was cancelled.', { cause: reason, happened });
}

/** Throws where the step was cancelled before anything happened. */
export function refuseIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal, 'no');
}
