import { ZodError } from 'zod';
import type { Json } from '#nodes/core/json.ts';

/**
 * Every way in which a request may fail: the HTTP status, the tRPC code and the text for the operator where the
 * failure itself has none. HTTP and tRPC agree, so that one number stands in the logs.
 */
export const errorTable = {
  UNAUTHENTICATED: { http: 401, trpc: 'UNAUTHORIZED', userText: 'Sign in to go on.' },
  ORIGIN_REFUSED: { http: 403, trpc: 'FORBIDDEN', userText: 'The request came from another site and was refused.' },
  OPERATOR_EXISTS: { http: 403, trpc: 'FORBIDDEN', userText: 'This installation has its operator already. Sign in.' },
  NOT_FOUND: { http: 404, trpc: 'NOT_FOUND', userText: 'Not found in this project.' },
  INPUT_INVALID: { http: 400, trpc: 'BAD_REQUEST', userText: 'The request is not valid.' },
  CONFLICT: { http: 409, trpc: 'CONFLICT', userText: 'It was changed meanwhile. Load it again.' },
  PIPELINE_DISABLED: {
    http: 409,
    trpc: 'CONFLICT',
    userText: 'The pipeline is disabled. Enable it before running it.',
  },
  NOT_PUBLISHED: {
    http: 409,
    trpc: 'CONFLICT',
    userText: 'The pipeline has no published version. Publish it first.',
  },
  PIPELINE_HELD: {
    http: 409,
    trpc: 'CONFLICT',
    userText: 'The pipeline is held because it failed too often. Review it in the inbox and release it.',
  },
  COMPILE_FAILED: {
    http: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    userText: 'The pipeline has errors. Correct the problems listed, then try again.',
  },
  TOO_LARGE: { http: 413, trpc: 'PAYLOAD_TOO_LARGE', userText: 'Too large.' },
  UNSUPPORTED_MEDIA: { http: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE', userText: 'This content type is not accepted.' },
  RATE_LIMITED: { http: 429, trpc: 'TOO_MANY_REQUESTS', userText: 'Too many attempts. Wait a minute.' },
  UNAVAILABLE: { http: 503, trpc: 'SERVICE_UNAVAILABLE', userText: 'Not available at the moment. Try again shortly.' },
  INTERNAL: {
    http: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    userText: 'Something went wrong on the server; its log has the details.',
  },
} as const satisfies Record<string, { http: number; trpc: string; userText: string }>;

export type ErrorCode = keyof typeof errorTable;

/** A failure with a code from the closed set. `message` is for the operator; `cause` is for the log only. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Json | undefined;

  constructor(code: ErrorCode, message?: string, more: { cause?: unknown; details?: Json } = {}) {
    super(message ?? errorTable[code].userText, { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = more.details;
  }
}

/** The one door from `unknown` to a coded failure. Unknown failures keep their cause and show a general text. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return new AppError('INPUT_INVALID', zodText(error), { cause: error });
  if (isMissingRow(error)) return new AppError('NOT_FOUND', undefined, { cause: error });
  return new AppError('INTERNAL', undefined, { cause: error });
}

/** What Prisma answers where a row to change is not there; told by its code, so that this file needs no Prisma. */
function isMissingRow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2025';
}

/** What leaves the server of a failure. */
export type ErrorBody = { code: ErrorCode; message: string; details: Json };

/** The JSON that tells a client of a failure. */
export function errorBody(error: AppError): ErrorBody {
  return { code: error.code, message: error.message, details: error.details ?? null };
}

function zodText(error: ZodError): string {
  const [first, ...rest] = error.issues;
  if (!first) return errorTable.INPUT_INVALID.userText;
  const where = first.path.length > 0 ? `${first.path.map(String).join('.')}: ` : '';
  return `${where}${first.message}${rest.length > 0 ? ` (and ${rest.length} more)` : ''}`;
}
