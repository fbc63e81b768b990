import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { pageOf, readTimeCursor } from '#server/db/time-cursor.ts';
import { gatherOutcomes } from './gather-outcomes.ts';

export const episodeKinds = ['decision', 'message', 'action', 'outcome', 'remembered'] as const;
export type EpisodeKind = (typeof episodeKinds)[number];

/** One entry of the episodic log. */
export type EpisodeRow = {
  id: string;
  kind: EpisodeKind;
  text: string;
  at: number;
  entity: { id: string; type: string; key: string } | null;
  runId: string | null;
  stepId: string | null;
  state: string | null;
  path: string | null;
  /** What it tells of: effect:<key>, task:<id>, change:<id>, event:<id>, run:<id>:<seq>, item:<id>. */
  ref: string;
};
export type EpisodeFilter = {
  /** What happened about one entity: what names it, and what went on in the same pass of a run. */
  entityId?: string | undefined;
  runId?: string | undefined;
  kinds?: EpisodeKind[] | undefined;
  /** Full text: every word; quotes, `or` and minus work. */
  query?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};
type Stored = Omit<EpisodeRow, 'at'> & { at: Date };

/** What happened, newest first: the project's log, or the timeline of an entity or a run. */
export async function listEpisodes(
  scope: Scope,
  filter: EpisodeFilter,
): Promise<{ items: EpisodeRow[]; next: string | null }> {
  await gatherOutcomes(pool());
  const after = readTimeCursor(filter.cursor);
  const { entityId = null, runId = null } = filter;
  const words = filter.query?.trim() || null;
  const kinds = filter.kinds?.length ? filter.kinds : null;
  const limit = filter.limit + 1;
  const stored = await query<Stored>(sqlFor(entityId), [
    scope.projectId,
    entityId,
    runId,
    kinds,
    words,
    after?.at ?? null,
    after?.id ?? null,
    limit,
  ]);
  const { rows, next } = pageOf(stored, filter.limit, (row) => row.at);
  return { items: rows.map((row) => ({ ...row, at: row.at.getTime() })), next };
}

const page = (table: string): string => `
  ($3::bigint is null or ${table}.run_id = $3) and ($5::text is null or to_tsvector('simple', ${table}.text) @@ websearch_to_tsquery('simple', $5))
  and ($6::timestamptz is null or (${table}.at, ${table}.id) < ($6, $7::uuid)) order by ${table}.at desc, ${table}.id desc limit $8`;

/** Each part is cut before they are put together, so that a long log is not read to its end. */
const sqlFor = (entityId: string | null): string => `
with told as (
  select e.id, e.kind, e.text, e.at, e.entity_id, e.run_id, e.step_id, e.state, e.path, e.ref
    from ${entityId ? 'sg_episodes_about($1, $2::uuid)' : 'episode'} e
   where e.project_id = $1 and ($4::text[] is null or e.kind = any($4)) and ${page('e')}),
remembered as (
  select i.id, 'remembered', i.text, i.at, i.entity_id, i.run_id, i.step_id, null, null, 'item:' || i.id
    from memory_item i
   where i.project_id = $1 and i.tier = 'episodic' and ($2::uuid is null or i.entity_id = $2)
     and ($4::text[] is null or 'remembered' = any($4)) and ${page('i')})
select x.id, x.kind, x.text, x.at, x.run_id::text as "runId", x.step_id::text as "stepId", x.state, x.path, x.ref,
       case when e.id is not null then jsonb_build_object('id', e.id, 'type', e.type, 'key', e.key) end as entity
  from (select * from told union all select * from remembered) x left join entity e on e.id = x.entity_id and e.project_id = $1
 order by x.at desc, x.id desc limit $8`;
