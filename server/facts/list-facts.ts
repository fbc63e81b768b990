import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { FactRow } from './types.ts';

export type FactFilter = {
  entityId?: string | undefined;
  /** Found in subject, relation or object. */
  query?: string | undefined;
  /** Those of the past, corrected ones and coming ones too. */
  history: boolean;
  /** What held at this time, epoch milliseconds; now where it is not given. */
  at?: number | undefined;
  limit: number;
};
type Stored = Omit<FactRow, 'validFrom' | 'validTo' | 'createdAt'> & {
  validFrom: Date;
  validTo: Date | null;
  createdAt: Date;
};

/** Facts of a project, the newest first: those that hold, or with their history. */
export async function listFacts(scope: Scope, filter: FactFilter): Promise<FactRow[]> {
  const pattern = filter.query?.trim() ? `%${filter.query.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
  const rows = await query<Stored>(sql, [
    scope.projectId,
    filter.entityId ?? null,
    pattern,
    new Date(filter.at ?? Date.now()),
    filter.history,
    filter.limit,
  ]);
  return rows.map(({ validFrom, validTo, createdAt, ...row }) => ({
    ...row,
    validFrom: validFrom.getTime(),
    validTo: validTo?.getTime() ?? null,
    createdAt: createdAt.getTime(),
  }));
}

const sql = `
with known as (
  select f.*, exists (select from fact c where c.corrects = f.id) as wrong,
         f.id = (select n.id from fact n where n.project_id = f.project_id and n.topic = f.topic and n.valid_from <= $4
                    and not exists (select from fact c where c.corrects = n.id) order by n.valid_from desc, n.seq desc limit 1) as newest
    from fact f where f.project_id = $1 and ($2::uuid is null or f.entity_id = $2)
     and ($3::text is null or f.subject ilike $3 or f.relation ilike $3 or f.object ilike $3)),
told as (
  select k.*, case when wrong then 'corrected' when valid_from > $4 then 'coming' when newest is not true then 'superseded'
                   when object is null or valid_to <= $4 then 'over' else 'current' end as status from known k)
select id, entity_id as "entityId", subject, relation, object, valid_from as "validFrom", valid_to as "validTo", source, corrects, reason, by,
       untrusted, run_id::text as "runId", item_id as "itemId", created_at as "createdAt", status
  from told where $5 or status = 'current' order by valid_from desc, seq desc limit $6`;
