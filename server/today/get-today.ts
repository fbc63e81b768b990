import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Today } from './types.ts';

export function getToday(scope: Scope): Promise<Today> {
  return pending();
}
