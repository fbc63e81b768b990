import type { ErrorBody, ErrorCode } from '#server/errors.ts';

/** A failure as the operator reads it: what is wrong and what to do. */
export type Failure = {
  code: ErrorCode | 'OFFLINE' | 'UNKNOWN';
  message: string;
  todo: string;
  details: ErrorBody['details'];
};

/** What to do about each failure; the server's message says what is wrong. */
const todoByCode: Record<ErrorCode | 'OFFLINE' | 'UNKNOWN', string> = {
  UNAUTHENTICATED: 'Sign in again.',
  ORIGIN_REFUSED: 'Open Solograph at the address that the start command printed.',
  OPERATOR_EXISTS: 'Go to the sign-in page.',
  NOT_FOUND: 'It may have been removed, or belong to another project. Go back to the list.',
  INPUT_INVALID: 'Correct the field that the message names.',
  CONFLICT: 'Load the page again to see the newest state.',
  PIPELINE_DISABLED: 'Enable it in the pipelines list once you have reviewed it.',
  PIPELINE_HELD: 'Review what failed in the inbox, then release the pipeline there.',
  NOT_PUBLISHED: 'Open the pipeline and publish it.',
  COMPILE_FAILED: 'Open the pipeline; its Problems panel lists each error.',
  TOO_LARGE: 'Use a smaller file or document.',
  UNSUPPORTED_MEDIA: 'Choose a file of another kind.',
  RATE_LIMITED: 'Wait a minute, then try again.',
  UNAVAILABLE: 'Try again in a moment; /api/health says which part is not well.',
  INTERNAL: 'Try again. If it stays, look into the server log.',
  OFFLINE: 'Check that Solograph is still running; the page goes on by itself once it answers.',
  UNKNOWN: 'Try again. If it stays, look into the server log.',
};

/** Reads what a query, a mutation or a fetch threw. Never throws itself. */
export function toFailure(error: unknown): Failure {
  const body = bodyOf(error);
  if (body) return { ...body, todo: todoByCode[body.code] };
  const message = error instanceof Error ? error.message : String(error);
  const offline = /fetch|network|load failed|aborted/i.test(message);
  return offline
    ? { code: 'OFFLINE', message: 'The server does not answer.', todo: todoByCode.OFFLINE, details: null }
    : { code: 'UNKNOWN', message, todo: todoByCode.UNKNOWN, details: null };
}

/** Whether trying the same again may help: not where the request itself is wrong. */
export function mayRetry(error: unknown): boolean {
  const { code } = toFailure(error);
  return code === 'OFFLINE' || code === 'UNAVAILABLE' || code === 'INTERNAL' || code === 'UNKNOWN';
}

function bodyOf(error: unknown): ErrorBody | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('code' in data) || !('message' in data)) return null;
  if (typeof data.code !== 'string' || typeof data.message !== 'string' || !(data.code in todoByCode)) return null;
  return {
    code: data.code as ErrorCode,
    message: data.message,
    details: 'details' in data ? (data.details as ErrorBody['details']) : null,
  };
}
