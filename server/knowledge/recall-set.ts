import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';

export type Expected = { itemId: string; text: string; kind: string; source: string; markedBy: string; at: number };
export type RecallQuestion = {
  query: string;
  /** What it should find. */
  expected: Expected[];
  /** What is not relevant to it. */
  irrelevant: Expected[];
};

/** Of a long item its beginning is told. */
const toldChars = 300;

/** A project's recall set: what questions should find, and who said so; the newest questions first, at most `limit`. */
export async function recallSet(scope: Scope, { limit }: { limit: number }): Promise<RecallQuestion[]> {
  return await query<RecallQuestion>(
    `with marked as (
       select r.query, r.relevant, r.created_at, r.id, jsonb_build_object('itemId', i.id, 'text', left(i.text, $3), 'kind', i.kind,
              'source', i.source, 'markedBy', r.marked_by, 'at', floor(extract(epoch from r.created_at) * 1000)) as item
         from recall_expectation r join memory_item i on i.id = r.item_id where r.project_id = $1)
     select query, coalesce(jsonb_agg(item order by created_at, id) filter (where relevant), '[]') as expected,
            coalesce(jsonb_agg(item order by created_at, id) filter (where not relevant), '[]') as irrelevant
       from marked group by query order by max(created_at) desc, query limit $2`,
    [scope.projectId, limit, toldChars],
  );
}
