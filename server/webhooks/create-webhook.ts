import type { Graph } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';
import { ownOrigin } from '#server/access/origin.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { hashToken, newToken } from './token.ts';
import type { NewWebhook } from './types.ts';

/**
 * Gives a webhook trigger an address. One that it had before stops working. The token in the address is shown here and
 * never again. Errors: NOT_FOUND; INPUT_INVALID where the node is no webhook trigger of the draft.
 */
export async function createWebhook(scope: Scope, args: { pipelineId: string; nodeId: string }): Promise<NewWebhook> {
  const { pipelineId, nodeId } = args;
  const { pipeline } = await requirePipeline(scope, pipelineId);
  const node = (pipeline.draft as unknown as Graph).nodes.find(({ id }) => id === nodeId);
  if (node?.type !== 'trigger.webhook' || !definitions.has(node.type))
    throw new AppError('INPUT_INVALID', `nodeId: the draft has no webhook trigger "${nodeId}". Add one and save.`);
  const token = newToken();
  const tokenHash = hashToken(token);
  const { webhooks } = await scope.db.pipeline.update({
    where: { id: pipelineId },
    data: {
      webhooks: {
        upsert: {
          where: { pipelineId_nodeId: { pipelineId, nodeId } },
          create: { nodeId, tokenHash },
          update: { tokenHash, createdAt: new Date() },
        },
      },
    },
    select: { webhooks: { where: { nodeId }, select: { id: true } } },
  });
  const { id } = found(webhooks[0], 'The webhook');
  await recordAudit(scope, { action: 'webhook.create', subject: id, details: { pipelineId, nodeId } });
  return { id, url: `${ownOrigin()}/api/hooks/${token}` };
}
