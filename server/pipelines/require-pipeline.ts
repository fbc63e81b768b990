import { found, type Scope } from '#server/db/scoped.ts';

/** A pipeline of the project with its published version. Errors: NOT_FOUND. */
export async function requirePipeline(scope: Scope, pipelineId: string) {
  const pipeline = found(await scope.db.pipeline.findUnique({ where: { id: pipelineId } }), 'The pipeline');
  const version =
    pipeline.published === null
      ? null
      : await scope.db.pipelineVersion.findUnique({
          where: { pipelineId_number: { pipelineId, number: pipeline.published } },
        });
  return { pipeline, version };
}
