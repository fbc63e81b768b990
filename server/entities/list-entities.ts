import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { EntityRow } from './types.ts';

export function listEntities(
  scope: Scope,
  args: { type?: string; query?: string; cursor?: string; limit: number },
): Promise<{ items: EntityRow[]; next: string | null }> {
  return pending();
}
