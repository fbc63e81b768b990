import type { NodeFailure } from '#nodes/core/errors.ts';

/** A failure in a word or two, as it fits on a card: the HTTP status where there is one, else its code. */
export function nodeFailureWords(failure: NodeFailure): string {
  const { details } = failure;
  const status = details && typeof details === 'object' && !Array.isArray(details) ? details.status : undefined;
  return typeof status === 'number' ? String(status) : failure.code.toLowerCase().replaceAll('_', ' ');
}
