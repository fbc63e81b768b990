import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Comparison } from '#server/memory/space/compare.ts';
import type { EmbedderProblem } from '#server/memory/space/problem.ts';
import { embeddersOf, spacesOf } from '#server/memory/space/spaces.ts';

export type EmbedderStatus = {
  /** The embedder whose index is searched. */
  current: string;
  /** The one before, which can be brought back. */
  previous: string | null;
  /** A new index beside it: how far it is, and once it is complete, how both compare on the project's recall set. */
  building: {
    name: string;
    indexed: number;
    total: number;
    complete: boolean;
    /** The operator asked for it, and decides when it is searched. */
    asked: boolean;
    comparison: Comparison | null;
  } | null;
  /** Why the model of a provider gave no vectors the last time, for the index that is written; null: nothing is wrong. */
  problem: EmbedderProblem | null;
};

type Row = {
  name: string;
  state: string;
  asked: boolean;
  comparison: Comparison | null;
  problem: EmbedderProblem | null;
};

/** Which embedders a project's memory has, and how far a migration is. */
export async function embedderStatus(scope: Scope): Promise<EmbedderStatus> {
  const { reading } = embeddersOf(await spacesOf(pool(), scope.projectId));
  const rows = await query<Row>(
    'select name, state, asked, comparison, problem from memory_space where project_id = $1',
    [scope.projectId],
  );
  const building = rows.find(({ state }) => state === 'building');
  const [counted] = await query<{ indexed: number; total: number }>(
    `select (count(*) filter (where indexed_in = $2))::int as indexed, count(*)::int as total from memory_indexed where project_id = $1`,
    [scope.projectId, building?.name ?? null],
  );
  const { indexed = 0, total = 0 } = counted ?? {};
  return {
    current: reading.name,
    previous: rows.find(({ state }) => state === 'previous')?.name ?? null,
    building: building
      ? {
          ...{ name: building.name, indexed, total, complete: indexed === total },
          ...{ asked: building.asked, comparison: building.comparison },
        }
      : null,
    problem: (building ?? rows.find(({ state }) => state === 'current'))?.problem ?? null,
  };
}
