import { readConsistently } from '#server/db/pool.ts';
import { nodeStatuses } from '#server/runs/node-statuses.ts';
import { openSteps } from '#server/runs/open-steps.ts';
import { runColumns, type StoredRun, toRunRow } from '#server/runs/rows.ts';
import type { LiveSnapshotRun } from './types.ts';

/** Where some runs stand, as of one moment: each with the last event that it contains. Newest run first. */
export async function readSnapshot(projectId: string, runIds: string[]): Promise<LiveSnapshotRun[]> {
  if (runIds.length === 0) return [];
  return await readConsistently(async (query) => {
    const rows = await query<StoredRun & { seq: number }>(
      `select ${runColumns}, r.seq from run r join pipeline p on p.id = r.pipeline_id
        where r.id = any($1::bigint[]) and r.project_id = $2 order by r.id desc`,
      [runIds, projectId],
    );
    const ids = rows.map((row) => row.id);
    const nodes = await nodeStatuses(ids, query);
    const open = await openSteps(ids, query);
    return rows.map((row) => {
      return { ...toRunRow(row), seq: row.seq, nodes: nodes.get(row.id) ?? {}, open: open.get(row.id) ?? [] };
    });
  });
}
