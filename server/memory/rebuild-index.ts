import type { Pool } from 'pg';
import type { VectorIndex } from './chroma.ts';
import { IndexUnavailable } from './chroma.ts';
import { indexChunks } from './index-chunks.ts';
import { forgetIndex } from './lost-indexes.ts';
import { embedderNames } from './space/spaces.ts';
import { switchSpace } from './space/switch-space.ts';

export type Progress = { projectId: string; indexed: number; total: number };
export type Rebuild = { projectId?: string; onProgress?: (progress: Progress) => void };

const batch = 500;

/**
 * Drops the index of one project, or of all, and builds it again from Postgres. Searches meanwhile find what is there
 * already, and everything by full text. Answers the number of chunks. Throws IndexUnavailable.
 */
export async function rebuildIndex(
  db: Pool,
  index: VectorIndex,
  { projectId, onProgress }: Rebuild = {},
): Promise<{ projects: number; chunks: number }> {
  const { rows: projects } = await db.query<{ id: string }>(
    'select id from project where $1::uuid is null or id = $1 order by id',
    [projectId ?? null],
  );
  let chunks = 0;
  for (const { id } of projects) chunks += await rebuildProject(db, index, { projectId: id, onProgress });
  return { projects: projects.length, chunks };
}

type ProjectRebuild = { projectId: string; onProgress: Rebuild['onProgress'] };

async function rebuildProject(
  db: Pool,
  index: VectorIndex,
  { projectId, onProgress }: ProjectRebuild,
): Promise<number> {
  for (const name of await embedderNames(db, projectId)) await index.drop(projectId, name);
  await forgetIndex(db, projectId);
  const { rows } = await db.query<{ total: number }>(
    'select count(*)::int as total from memory_chunk where project_id = $1',
    [projectId],
  );
  const total = rows[0]?.total ?? 0;
  let done = 0;
  onProgress?.({ projectId, indexed: 0, total });
  for (;;) {
    const { indexed, available, problem } = await indexChunks(db, index, { limit: batch, projectId });
    if (!available || problem) throw new IndexUnavailable(problem ?? reasonOf(index));
    if (indexed === 0) break;
    done += indexed;
    onProgress?.({ projectId, indexed: done, total: Math.max(total, done) });
  }
  await switchSpace(db, index, projectId);
  return done;
}

function reasonOf(index: VectorIndex): string {
  const state = index.state();
  return state.ok ? 'The index did not answer.' : state.reason;
}
