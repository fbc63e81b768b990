import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function removeWebhook(scope: Scope, id: string): Promise<{ id: string }> {
  return pending();
}
