import pino, { type Logger } from 'pino';
import { env } from '#server/env.ts';
import { processWide } from './db/process-wide.ts';
import type { AppError } from './errors.ts';

/** The log of the web process; JSON lines on stderr. */
export function log(): Logger {
  return processWide('log', () => pino({ name: 'web', level: env().LOG_LEVEL }, pino.destination(2)));
}

/** Logs a failure whose details the operator does not see, with what led to it. */
export function logFailure(failure: AppError, about: Record<string, unknown>): void {
  log().error({ ...about, code: failure.code, err: failure.cause ?? failure }, failure.message);
}
