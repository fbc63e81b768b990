import type { Json } from '#nodes/core/json.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import type { PinRow } from '#server/travel/types.ts';

/** The outputs that stand in for nodes in test runs of a pipeline. Errors: NOT_FOUND. */
export async function listPins(scope: Scope, pipelineId: string): Promise<PinRow[]> {
  await requirePipeline(scope, pipelineId);
  const rows = await scope.db.pin.findMany({ where: { pipelineId }, orderBy: { nodeId: 'asc' } });
  return rows.map(({ nodeId, outcome, output, at, setBy }) => ({
    ...{ nodeId, outcome, output: output as Json, at: at.getTime(), by: setBy },
  }));
}
