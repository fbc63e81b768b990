import type { MemoryHit } from '#nodes/core/capabilities.ts';
import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recall } from '#server/memory/recall.ts';
import { vectorIndex } from './vector-index.ts';

/** Searches what the business knows as a node would. `vectors` is false where full text alone was used. */
export async function searchMemory(
  scope: Scope,
  args: { query: string; limit: number },
): Promise<{ hits: MemoryHit[]; vectors: boolean }> {
  return await recall(pool(), vectorIndex(), { projectId: scope.projectId, text: args.query, limit: args.limit });
}
