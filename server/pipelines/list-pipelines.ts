import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { RunStatus } from '#server/runs/types.ts';
import { draftDiffers } from './draft-differs.ts';
import type { PipelineRow } from './types.ts';

type Row = {
  id: string;
  name: string;
  template: string | null;
  published: number | null;
  draftRevision: number;
  enabled: boolean;
  updatedAt: Date;
  /** Null where it equals the published graph. */
  changedDraft: unknown;
  versionGraph: unknown;
  versionHash: string | null;
  lastRuns: { status: RunStatus; spendMicros: number; ms: number | null }[];
  spend: string;
  runs: number;
  succeeded: number;
};

const sql = `
  select p.id, p.name, p.template, p.published, p.draft_revision as "draftRevision", p.enabled, p.updated_at as "updatedAt",
         case when v.id is not null and p.draft <> v.graph then p.draft end as "changedDraft",
         case when p.draft <> v.graph then v.graph end as "versionGraph", v.program_hash as "versionHash",
         coalesce(newest.runs, '[]') as "lastRuns", coalesce(month.spend, 0)::text as spend,
         coalesce(month.runs, 0) as runs, coalesce(month.succeeded, 0) as succeeded
    from pipeline p
    left join pipeline_version v on v.pipeline_id = p.id and v.number = p.published
    left join lateral (
      select jsonb_agg(jsonb_build_object('status', r.status, 'spendMicros', r.spend_micros,
               'ms', round(extract(epoch from r.ended_at - coalesce(r.started_at, r.created_at)) * 1000)) order by r.id desc) as runs
        from (select * from run where pipeline_id = p.id order by id desc limit 12) r) newest on true
    left join lateral (
      select sum(spend_micros) as spend, count(*)::int as runs,
             (count(*) filter (where status = 'completed'))::int as succeeded
        from run where pipeline_id = p.id and created_at > now() - interval '30 days') month on true
   where p.project_id = $1 order by p.updated_at desc, p.id`;

/** The project's pipelines, the one that changed last first, with how their runs went. */
export async function listPipelines(scope: Scope): Promise<PipelineRow[]> {
  const rows = await query<Row>(sql, [scope.projectId]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    template: row.template,
    published: row.published,
    draftRevision: row.draftRevision,
    draftDiffers: differs(row),
    enabled: row.enabled,
    updatedAt: row.updatedAt.getTime(),
    lastRuns: row.lastRuns,
    spendMicros30d: Number(row.spend),
    runs30d: row.runs,
    succeeded30d: row.succeeded,
  }));
}

function differs({ id, changedDraft, draftRevision, versionGraph, versionHash }: Row): boolean {
  if (versionHash === null) return true;
  if (changedDraft === null) return false;
  return draftDiffers({ id, draft: changedDraft, draftRevision }, { graph: versionGraph, programHash: versionHash });
}
