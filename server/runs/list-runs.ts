import { readCursor } from '#server/db/cursor.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { runColumns, type StoredRun, toRunRow } from './rows.ts';
import type { RunRow, RunStatus } from './types.ts';

export type RunFilter = {
  pipelineId?: string | undefined;
  status?: RunStatus | undefined;
  /** Answered as `next` by the page before. */
  cursor?: string | undefined;
  limit: number;
};

/** Runs of the project, newest first. */
export async function listRuns(scope: Scope, filter: RunFilter): Promise<{ items: RunRow[]; next: string | null }> {
  const before = filter.cursor === undefined ? null : readCursor(filter.cursor);
  const rows = await query<StoredRun>(
    `select ${runColumns} from run r join pipeline p on p.id = r.pipeline_id
      where r.project_id = $1 and ($2::uuid is null or r.pipeline_id = $2) and ($3::text is null or r.status = $3)
        and ($4::bigint is null or r.id < $4)
      order by r.id desc limit $5`,
    [scope.projectId, filter.pipelineId ?? null, filter.status ?? null, before, filter.limit + 1],
  );
  const items = rows.slice(0, filter.limit).map(toRunRow);
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}
