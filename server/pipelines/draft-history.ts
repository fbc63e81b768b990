import { readCursor } from '#server/db/cursor.ts';
import type { Scope } from '#server/db/scoped.ts';
import { type StoredSave, toSaveRow } from './draft-save-rows.ts';
import { requirePipeline } from './require-pipeline.ts';
import type { DraftSaveRow } from './types.ts';

type Asked = { pipelineId: string; cursor?: string | undefined; limit: number };

/** How the draft came to be what it is, newest first and without the documents. Errors: NOT_FOUND. */
export async function draftHistory(
  scope: Scope,
  { pipelineId, cursor, limit }: Asked,
): Promise<{ items: DraftSaveRow[]; next: string | null }> {
  await requirePipeline(scope, pipelineId);
  const rows: StoredSave[] = await scope.db.draftSave.findMany({
    where: { pipelineId, ...(cursor === undefined ? {} : { revision: { lt: Number(readCursor(cursor)) } }) },
    orderBy: { revision: 'desc' },
    omit: { graph: true },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toSaveRow);
  return { items, next: rows.length > limit ? String(items.at(-1)?.revision) : null };
}
