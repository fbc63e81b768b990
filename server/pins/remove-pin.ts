import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';

/** Takes a pin away. False: there was none. Errors: NOT_FOUND. */
export async function removePin(
  scope: Scope,
  { pipelineId, nodeId }: { pipelineId: string; nodeId: string },
): Promise<{ removed: boolean }> {
  await requirePipeline(scope, pipelineId);
  const { count } = await scope.db.pin.deleteMany({ where: { pipelineId, nodeId } });
  return { removed: count > 0 };
}
