import type { NodeError, NodeErrorCode, NodeFailure } from '#nodes/core/errors.ts';

/** Providers answer within a day; what they have not told of so many hours after it was made is given up. */
export const longestBatchHours = 26;

const passing: ReadonlySet<NodeErrorCode> = new Set([
  'MODEL_UNAVAILABLE',
  'MODEL_TIMEOUT',
  'MODEL_RATE_LIMITED',
  'CANCELLED',
]);

/** Whether what keeps a batch from being looked at stays until somebody mends it; the rest may pass by itself. */
export const needsPerson = (code: NodeErrorCode): boolean => !passing.has(code);

/** How the calls of a batch end that could not be looked at for too long. `providerId`: what the provider calls it. */
export function lost(providerId: string, last: NodeError): NodeFailure {
  return {
    code: 'MODEL_BATCH_LOST',
    message: `The batch ${providerId} could not be looked at until ${longestBatchHours} hours after it was made, so it was given up. At last: ${last.message} It may have been answered and charged: look for ${providerId} at the provider. Mend what the message names, then try the step again: that sends its call anew.`,
    details: { batch: providerId, last: last.code },
  };
}
