import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { MemoryPolicy } from '#server/projects/settings.ts';
import { type NextToGo, nextToGo } from './next-to-go.ts';

/** What will be forgotten next, and why: what the hourly job would do, and what would follow. */
export async function forgettingPreview(
  scope: Scope,
  limit: number,
): Promise<{ policy: MemoryPolicy; items: NextToGo[] }> {
  return await nextToGo(pool(), scope.projectId, limit);
}
