import { found, type Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/** Lets a pipeline run, or not. Runs that go on are not touched. Errors: NOT_FOUND. */
export async function setEnabled(
  scope: Scope,
  args: { pipelineId: string; enabled: boolean },
): Promise<{ enabled: boolean }> {
  const { count } = await scope.db.pipeline.updateMany({
    where: { id: args.pipelineId },
    data: { enabled: args.enabled },
  });
  found(count === 1 ? args : null, 'The pipeline');
  await recordAudit(scope, {
    action: args.enabled ? 'pipeline.enable' : 'pipeline.disable',
    subject: args.pipelineId,
  });
  return { enabled: args.enabled };
}
