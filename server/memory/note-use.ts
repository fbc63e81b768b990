import type { Pool } from 'pg';

/** Notes that a step was given items by a recall, once however often it asks: how important something is, is learnt from that. */
export async function noteUse(db: Pool, use: { projectId: string; stepId: bigint; itemIds: string[] }): Promise<void> {
  if (use.itemIds.length === 0) return;
  // In one order, so that recalls at the same time do not wait for each other in a circle.
  await db.query(
    `with known as (
       select id from memory_item where id = any($1) and project_id = $2 order by id for no key update skip locked),
     given as (insert into memory_use (item_id, step_id) select id, $3 from known on conflict do nothing returning item_id)
     update memory_item i set uses = i.uses + 1, last_used_at = now() from given g where i.id = g.item_id`,
    [use.itemIds, use.projectId, use.stepId.toString()],
  );
}
