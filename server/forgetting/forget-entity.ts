import { pool, query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { removeChunks } from '#server/memory/remove-chunks.ts';
import { namePatterns } from './entity-mentions.ts';

/** How much went of each kind. */
export type ForgottenEntity = Record<'episodes' | 'items' | 'documents' | 'facts' | 'working' | 'mails', number>;

/**
 * Forgets a person, or anything else that memory is about: items, documents and their files, facts, episodes, values at
 * hand, mail kept here, questions of the recall set that name it, the entity itself, and what the indexes hold. An audit line without content stays. What runs recorded of
 * themselves goes by the retention of runs. Errors: NOT_FOUND.
 */
export async function forgetEntity(scope: Scope, entityId: string): Promise<ForgottenEntity & { index: boolean }> {
  const { projectId, actor } = scope;
  const entity = found(await scope.db.entity.findUnique({ where: { id: entityId } }), 'The entity');
  const chunks = await query<{ id: string }>(
    `select c.id from memory_chunk c where c.project_id = $1 and (c.entity_id = $2 or c.item_id in (
        select item_id from document where project_id = $1 and entity_id = $2 union select item_id from fact where project_id = $1 and entity_id = $2))`,
    [projectId, entityId],
  );
  const index = await removeChunks(pool(), vectorIndex(), { projectId, chunkIds: chunks.map(({ id }) => id) });
  await query('delete from recall_expectation where project_id = $1 and query ilike any($2)', [
    projectId,
    namePatterns(entity),
  ]);
  const [row] = await query<{ gone: ForgottenEntity | null }>('select sg_forget_entity($1, $2, $3) as gone', [
    projectId,
    entityId,
    actor,
  ]);
  return { ...found(row?.gone, 'The entity'), index };
}
