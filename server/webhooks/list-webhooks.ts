import type { Scope } from '#server/db/scoped.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import type { WebhookRow } from './types.ts';

/** The webhooks of a pipeline; their tokens are not kept. */
export async function listWebhooks(scope: Scope, pipelineId: string): Promise<WebhookRow[]> {
  await requirePipeline(scope, pipelineId);
  const rows = await scope.db.webhook.findMany({ where: { pipelineId }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ id, nodeId, createdAt }) => ({ id, nodeId, createdAt: createdAt.getTime() }));
}
