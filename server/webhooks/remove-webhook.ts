import { found, type Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/** Takes a webhook's address away. Errors: NOT_FOUND. */
export async function removeWebhook(scope: Scope, id: string): Promise<{ id: string }> {
  const { count } = await scope.db.webhook.deleteMany({ where: { id } });
  found(count === 1 ? id : null, 'The webhook');
  await recordAudit(scope, { action: 'webhook.remove', subject: id });
  return { id };
}
