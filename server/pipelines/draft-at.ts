import type { Graph } from '#nodes/core/graph.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { toSaveRow } from './draft-save-rows.ts';
import type { DraftSaveView } from './types.ts';

/** One row of the draft's history with its document. Errors: NOT_FOUND. */
export async function draftAt(
  scope: Scope,
  { pipelineId, saveId }: { pipelineId: string; saveId: string },
): Promise<DraftSaveView> {
  const row = found(
    await scope.db.draftSave.findUnique({ where: { id: saveId, pipelineId } }),
    'This state of the draft',
  );
  return { ...toSaveRow(row), graph: row.graph as unknown as Graph };
}
