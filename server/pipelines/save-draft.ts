import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function saveDraft(
  scope: Scope,
  args: { pipelineId: string; revision: number; graph: unknown },
): Promise<{ revision: number }> {
  return pending();
}
