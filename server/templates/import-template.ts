import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function importTemplate(scope: Scope, document: unknown): Promise<{ pipelineId: string }> {
  return pending();
}
