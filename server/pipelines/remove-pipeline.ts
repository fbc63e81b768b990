import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { requirePipeline } from './require-pipeline.ts';

/**
 * Removes a pipeline with its versions and the runs that it had. Errors: NOT_FOUND; CONFLICT while a run goes on, for
 * its effects would be lost from sight.
 */
export async function removePipeline(scope: Scope, pipelineId: string): Promise<{ id: string }> {
  const { pipeline } = await requirePipeline(scope, pipelineId);
  const active = await query<{ ref: number }>(
    `select ref from run where pipeline_id = $1 and project_id = $2 and status in ('queued', 'running', 'waiting')
      order by id limit 1`,
    [pipelineId, scope.projectId],
  );
  if (active[0])
    throw new AppError('CONFLICT', `Run R-${active[0].ref} still goes on. Cancel it or let it end, then remove it.`);
  await scope.db.pipeline.delete({ where: { id: pipelineId } });
  await recordAudit(scope, { action: 'pipeline.remove', subject: pipelineId, details: { name: pipeline.name } });
  return { id: pipelineId };
}
