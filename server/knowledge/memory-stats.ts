import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { embeddersOf, spacesOf } from '#server/memory/space/spaces.ts';
import { vectorIndex } from './vector-index.ts';

export type MemoryStats = {
  items: number;
  chunks: number;
  /** Chunks that the vector index holds. */
  indexed: number;
  embedder: string;
  /** Whether the vector index answers at the moment. */
  vectors: boolean;
};

/** How much is remembered, and how much of it can be found by similarity. */
export async function memoryStats(scope: Scope): Promise<MemoryStats> {
  const { reading } = embeddersOf(await spacesOf(pool(), scope.projectId));
  const [rows, vectors] = await Promise.all([
    query<{ items: number; chunks: number; indexed: number }>(
      `select (select count(*)::int from memory_item where project_id = $1) as items,
              count(*)::int as chunks, (count(*) filter (where indexed_in is not null))::int as indexed
         from memory_indexed where project_id = $1`,
      [scope.projectId],
    ),
    answers(scope.projectId, reading.name),
  ]);
  const { items = 0, chunks = 0, indexed = 0 } = rows[0] ?? {};
  return { items, chunks, indexed, embedder: reading.name, vectors };
}

async function answers(projectId: string, embedder: string): Promise<boolean> {
  const index = vectorIndex();
  return await index.count(projectId, embedder).then(
    () => true,
    () => index.state().ok,
  );
}
