import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function renamePipeline(scope: Scope, args: { pipelineId: string; name: string }): Promise<{ id: string }> {
  return pending();
}
