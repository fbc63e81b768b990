import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { type FactStanding, factStandingSql } from '#server/facts/fact-standing.ts';

export type ItemView = {
  id: string;
  text: string;
  /** The text is longer than what is shown. */
  cut: boolean;
  kind: string;
  tier: 'episodic' | 'knowledge';
  source: string;
  untrusted: boolean;
  importance: number;
  keep: boolean;
  uses: number;
  at: number;
  lastUsedAt: number | null;
  expiresAt: number | null;
  entity: { id: string; type: string; key: string } | null;
  /** The run that remembered it. */
  runId: string | null;
  document: { id: string; name: string; url: string | null; format: string } | null;
  fact: { id: string; subject: string; relation: string; object: string } | null;
  /** How that fact stands. */
  standing: FactStanding | null;
  passages: {
    id: string;
    text: string;
    place: string | null;
    start: number | null;
    end: number | null;
    indexed: boolean;
  }[];
  /** Steps that a recall gave it to, the newest first. */
  usedBy: { runId: string; ref: number; state: string; path: string; at: number | null }[];
};
type Stored = Omit<ItemView, 'at' | 'lastUsedAt' | 'expiresAt' | 'passages' | 'usedBy'> & {
  at: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
};
const longestText = 20_000;
const mostPassages = 200;
const mostUses = 500;

/** One item with its source, its passages and every run that used it. Errors: NOT_FOUND. */
export async function getItem(scope: Scope, id: string): Promise<ItemView> {
  const params = [id, scope.projectId];
  const [[item], passages, usedBy] = await Promise.all([
    query<Stored>(itemSql, [...params, longestText]),
    query<ItemView['passages'][number]>(
      `select c.id, c.text, c.place, c.start_at as start, c.end_at as "end", x.indexed_in is not null as indexed
         from memory_chunk c join memory_indexed x on x.chunk_id = c.id
        where c.item_id = $1 and c.project_id = $2 order by c.ord limit $3`,
      [...params, mostPassages],
    ),
    query<Omit<ItemView['usedBy'][number], 'at'> & { at: Date | null }>(usedSql, [...params, mostUses]),
  ]);
  const { at, lastUsedAt, expiresAt, ...row } = found(item, 'The item');
  return {
    ...row,
    at: at.getTime(),
    lastUsedAt: lastUsedAt?.getTime() ?? null,
    expiresAt: expiresAt?.getTime() ?? null,
    passages,
    usedBy: usedBy.map((use) => ({ ...use, at: use.at?.getTime() ?? null })),
  };
}

const itemSql = `
select i.id, left(i.text, $3) as text, length(i.text) > $3 as cut, i.kind, i.tier, i.source, i.untrusted, i.importance, i.keep, i.uses, i.at,
       i.last_used_at as "lastUsedAt", i.expires_at as "expiresAt", i.run_id::text as "runId",
       case when e.id is not null then jsonb_build_object('id', e.id, 'type', e.type, 'key', e.key) end as entity,
       case when d.id is not null then jsonb_build_object('id', d.id, 'name', d.name, 'url', d.url, 'format', d.format) end as document,
       case when f.id is not null then jsonb_build_object('id', f.id, 'subject', f.subject, 'relation', f.relation, 'object', f.object) end as fact,
       ${factStandingSql('i.id')} as standing
  from memory_item i left join entity e on e.id = i.entity_id left join document d on d.item_id = i.id left join fact f on f.item_id = i.id
 where i.id = $1 and i.project_id = $2`;

// Which steps were given it, is in their provenance: the record of the recall itself.
const usedSql = `
select r.id::text as "runId", r.ref, s.state, s.path, s.ended_at as at
  from memory_use u join step s on s.id = u.step_id join run r on r.id = s.run_id
 where u.item_id = $1 and r.project_id = $2 order by u.step_id desc limit $3`;
