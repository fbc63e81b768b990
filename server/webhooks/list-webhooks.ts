import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { WebhookRow } from './types.ts';

export function listWebhooks(scope: Scope, pipelineId: string): Promise<WebhookRow[]> {
  return pending();
}
