import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function removePipeline(scope: Scope, pipelineId: string): Promise<{ id: string }> {
  return pending();
}
