import { found, type Scope } from '#server/db/scoped.ts';

/** Gives a pipeline another name; its graph keeps its own. Errors: NOT_FOUND. */
export async function renamePipeline(
  scope: Scope,
  args: { pipelineId: string; name: string },
): Promise<{ id: string }> {
  const { count } = await scope.db.pipeline.updateMany({ where: { id: args.pipelineId }, data: { name: args.name } });
  found(count === 1 ? args : null, 'The pipeline');
  return { id: args.pipelineId };
}
