import { env } from '#server/env.ts';
import { AppError } from '#server/errors.ts';
import { keyRing } from '#server/secrets/key-ring.ts';
import { seal } from '#server/secrets/seal.ts';
import { purposeOf } from './purpose.ts';
import type { ConnectionFields } from './types.ts';

/** Members of a row as they are stored. Errors: INPUT_INVALID where a kind lacks what it needs. */
export function storedFields(id: string, { key, ...fields }: ConnectionFields) {
  if (fields.kind === 'compatible' && fields.baseUrl === null)
    throw new AppError('INPUT_INVALID', 'baseUrl: a compatible server is reached by its URL. Enter it.');
  return { ...fields, ...(key === undefined ? {} : storedKey(id, key)) };
}

function storedKey(id: string, key: string) {
  if (key === '') return { keySealed: null, keyId: null, keyLast: '' };
  const { sealed, keyId } = seal(key, purposeOf(id), keyRing(env())[0]);
  return { keySealed: sealed, keyId, keyLast: lastOf(key) };
}

/** What is shown of a key: its last four characters; nothing of one so short that they would tell it. */
export function lastOf(key: string): string {
  return key.length >= 12 ? key.slice(-4) : '';
}

/** Whether a write failed because the name is taken. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
