import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from './require-pipeline.ts';
import type { VersionItem } from './types.ts';

type Row = Omit<VersionItem, 'createdAt' | 'spendMicros'> & { createdAt: Date; spendMicros: string };

const sql = `
  select v.number, v.program_hash as "programHash", v.note, v.created_by as "createdBy", v.created_at as "createdAt",
         jsonb_array_length(v.graph->'nodes') as nodes, coalesce(went.runs, 0) as runs,
         coalesce(went.succeeded, 0) as succeeded, coalesce(went.spend, 0)::text as "spendMicros"
    from pipeline_version v
    left join (
      select version, count(*)::int as runs, (count(*) filter (where status = 'completed'))::int as succeeded,
             sum(spend_micros) as spend
        from run where pipeline_id = $1 and version is not null group by version) went on went.version = v.number
   where v.pipeline_id = $1 order by v.number desc`;

/** The versions of a pipeline, newest first, with how the runs of each went. Errors: NOT_FOUND. */
export async function listVersions(scope: Scope, pipelineId: string): Promise<VersionItem[]> {
  await requirePipeline(scope, pipelineId);
  const rows = await query<Row>(sql, [pipelineId]);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    spendMicros: Number(row.spendMicros),
  }));
}
