import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { MemoryPolicy } from '#server/projects/settings.ts';
import { type NextToGo, nextToGo } from './next-to-go.ts';

export type ForgettingPreview = {
  policy: MemoryPolicy;
  items: NextToGo[];
  /** How many items memory holds, and how many of them the operator keeps. */
  held: number;
  kept: number;
};

/** What will be forgotten next, and why: what the hourly job would do, and what would follow. */
export async function forgettingPreview(scope: Scope, limit: number): Promise<ForgettingPreview> {
  const [next, [counts]] = await Promise.all([
    nextToGo(pool(), scope.projectId, limit),
    query<{ held: number; kept: number }>(
      'select count(*)::int as held, (count(*) filter (where keep))::int as kept from memory_item where project_id = $1',
      [scope.projectId],
    ),
  ]);
  return { ...next, held: counts?.held ?? 0, kept: counts?.kept ?? 0 };
}
