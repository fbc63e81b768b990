import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { NewWebhook } from './types.ts';

export function createWebhook(scope: Scope, args: { pipelineId: string; nodeId: string }): Promise<NewWebhook> {
  return pending();
}
