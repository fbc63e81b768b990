import type { Json } from './json.ts';

/** How often and when a failed attempt is tried again. Data, so that the operator can see and change it. */
export type RetryPolicy = {
  /** All attempts, the first included. */
  attempts: number;
  initialMs: number;
  factor: number;
  maxMs: number;
  /** Share of the delay that is random, 0 to 1. */
  jitter: number;
  /** No attempt begins later than this after the first one began; absent: no such limit. */
  totalMs?: number;
  /** Codes that are tried again; absent: those whose code has a policy of its own. */
  codes?: string[];
};

const soon: RetryPolicy = { attempts: 4, initialMs: 500, factor: 2, maxMs: 10_000, jitter: 0.2 };
const later: RetryPolicy = { attempts: 8, initialMs: 2_000, factor: 2, maxMs: 60_000, jitter: 0.2 };

/** Every way in which a node may fail. Null: never retried, the same input fails the same way. */
export const retryByCode = {
  INPUT_INVALID: null,
  CONFIG_INVALID: null,
  EXPRESSION_FAILED: null,
  OUTPUT_INVALID: null,
  FILE_NOT_FOUND: null,
  FILE_UNREADABLE: null,
  FILE_ENCRYPTED: null,
  FILE_TYPE_WRONG: null,
  TOO_LARGE: null,
  NOT_CONFIGURED: null,
  MODEL_RATE_LIMITED: later,
  /** Held back before it was sent; it waits for the quota instead of failing. */
  MODEL_QUOTA: null,
  /** Held back because of its kind of work as many calls are under way as may be; it waits for a place instead of failing. */
  MODEL_BUSY: null,
  /** Under way with a provider's batch; it waits for the answer instead of failing. */
  MODEL_BATCHED: null,
  /** A provider's batch that could not be looked at until it was given up: it may have been answered, and paid. */
  MODEL_BATCH_LOST: null,
  MODEL_UNAVAILABLE: later,
  MODEL_TIMEOUT: soon,
  MODEL_REJECTED: null,
  MODEL_REFUSED: null,
  MODEL_OUTPUT_INVALID: null,
  MODEL_UNPRICED: null,
  BUDGET_EXCEEDED: null,
  HTTP_BLOCKED: null,
  HTTP_STATUS: null,
  HTTP_UNAVAILABLE: soon,
  HTTP_TIMEOUT: soon,
  MAIL_REJECTED: null,
  MAIL_UNAVAILABLE: later,
  MEMORY_UNAVAILABLE: soon,
  EFFECT_UNKNOWN: null,
  RUN_TIMEOUT: null,
  CHILD_FAILED: null,
  TOO_DEEP: null,
  ITEMS_FAILED: null,
  UNDO_FAILED: null,
  STOPPED: null,
  CANCELLED: null,
  TIMEOUT: soon,
  INTERNAL: { attempts: 2, initialMs: 500, factor: 2, maxMs: 5_000, jitter: 0.2 },
} as const satisfies Record<string, RetryPolicy | null>;

export type NodeErrorCode = keyof typeof retryByCode;
export const nodeErrorCodes = Object.keys(retryByCode) as NodeErrorCode[];

/** What is stored of a failure and shown to the operator. */
export type NodeFailure = { code: NodeErrorCode; message: string; retryAfterMs?: number; details?: Json };

/**
 * A failure with a code from the closed set. `message` is for the operator: it names the field or value and what to do.
 * `happened` says whether an outside effect may have taken place: 'no' lets it be tried again safely.
 */
export class NodeError extends Error {
  readonly code: NodeErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly details: Json | undefined;
  readonly happened: 'no' | 'unknown';

  constructor(
    code: NodeErrorCode,
    message: string,
    more: { cause?: unknown; retryAfterMs?: number; details?: Json; happened?: 'no' | 'unknown' } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'NodeError';
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
    this.details = more.details;
    this.happened = more.happened ?? 'unknown';
  }

  toFailure(): NodeFailure {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** The one door from `unknown` to a coded failure. */
export function toNodeError(error: unknown): NodeError {
  if (error instanceof NodeError) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return new NodeError('CANCELLED', 'The step was cancelled.', { cause: error });
  return new NodeError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}

/** Never tried again, whatever a policy says: they were decided, or repeating could do harm. */
const final: ReadonlySet<NodeErrorCode> = new Set([
  'CANCELLED',
  'EFFECT_UNKNOWN',
  'RUN_TIMEOUT',
  'STOPPED',
  'BUDGET_EXCEEDED',
]);

/** What decides whether and when a failed attempt is tried again. */
export type RetryQuestion = {
  failure: NodeFailure;
  /** The attempt that failed, counted from 1. */
  attempt: number;
  /** Null: that of the failure's code. */
  policy: RetryPolicy | null;
  /** In [0, 1). */
  random: number;
  /** Time since the first attempt began. */
  elapsedMs?: number;
};

/**
 * Delay before the next attempt in milliseconds, or null where the failure is final: exponential up to `maxMs`, with a
 * random share on top so that many do not return at once; at least what the provider asked for. Null also where the
 * next attempt would begin later than `totalMs` after the first.
 */
export function retryDelayMs({ failure, attempt, policy, random, elapsedMs = 0 }: RetryQuestion): number | null {
  const rule = ruleFor(failure.code, policy);
  if (rule === null || attempt >= rule.attempts) return null;
  const base = Math.min(rule.initialMs * rule.factor ** (attempt - 1), rule.maxMs);
  const delayMs = Math.max(failure.retryAfterMs ?? 0, Math.round(base * (1 + rule.jitter * random)));
  return rule.totalMs !== undefined && elapsedMs + delayMs > rule.totalMs ? null : delayMs;
}

function ruleFor(code: NodeErrorCode, policy: RetryPolicy | null): RetryPolicy | null {
  if (final.has(code)) return null;
  if (policy?.codes) return policy.codes.includes(code) ? policy : null;
  const byCode: RetryPolicy | null = retryByCode[code];
  return byCode && (policy ?? byCode);
}
