import type { MemoryQuery } from '#nodes/core/capabilities.ts';
import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recall } from '#server/memory/recall.ts';
import { vectorIndex } from './vector-index.ts';

/** Searches what the business knows as a node would. `vectors` is false where full text alone was used. */
export async function searchMemory(
  scope: Scope,
  { query, ...rest }: Omit<MemoryQuery, 'text'> & { query: string },
): Promise<Awaited<ReturnType<typeof recall>>> {
  return await recall(pool(), vectorIndex(), { ...rest, projectId: scope.projectId, text: query });
}
