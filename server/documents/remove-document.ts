import { pool, query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { forgetItems } from '#server/forgetting/forget-items.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/**
 * Forgets a document: its passages, its item, the file that it was read from; an address is looked at no more. Also one
 * that could never be read. `index` is false where the vector index did not answer. Errors: NOT_FOUND.
 */
export async function removeDocument(scope: Scope, id: string): Promise<{ index: boolean }> {
  const { projectId } = scope;
  const [row] = await query<{ itemId: string | null }>(
    'select item_id as "itemId" from document where id = $1 and project_id = $2',
    [id, projectId],
  );
  const { itemId } = found(row, 'The document');
  const index = itemId ? (await forgetItems(pool(), vectorIndex(), { projectId, itemIds: [itemId] })).index : true;
  await query(
    `with forgetting as (select set_config('sg.forgetting', 'on', true))
     delete from document where id = $1 and project_id = $2 and exists (select from forgetting)`,
    [id, projectId],
  );
  await recordAudit(scope, { action: 'memory.forget', subject: projectId, details: { documents: 1 } });
  return { index };
}
