import type { Pool } from 'pg';
import type { VectorIndex } from '#server/memory/chroma.ts';
import { forgetItems } from './forget-items.ts';

const mostAtOnce = 500;

/**
 * Merges knowledge that says the same, word for word, of the same entity and kind: the oldest stays, with the importance
 * and the uses of all. Episodes are never merged: what happened twice happened twice. Answers how many went.
 */
export async function mergeDuplicates(db: Pool, index: VectorIndex, projectId: string): Promise<number> {
  const { rows } = await db.query<{ stays: string; go: string[] }>(
    `with same as (
       select array_agg(i.id order by i.keep desc, i.created_at, i.id) as ids, max(i.importance) as importance, sum(i.uses)::int as uses, max(i.last_used_at) as used
         from memory_item i where i.project_id = $1 and i.tier = 'knowledge' and i.kind <> 'fact' and i.expires_at is null
          and not exists (select from document d where d.item_id = i.id)
        group by i.entity_id, i.kind, i.untrusted, md5(i.text) having count(*) > 1 limit $2),
     merged as (
       update memory_item i set importance = s.importance, uses = s.uses, last_used_at = s.used from same s where i.id = s.ids[1])
     select ids[1] as stays, ids[2:] as go from same`,
    [projectId, mostAtOnce],
  );
  const itemIds = rows.flatMap(({ go }) => go).slice(0, mostAtOnce);
  if (itemIds.length > 0) await forgetItems(db, index, { projectId, itemIds });
  return itemIds.length;
}
