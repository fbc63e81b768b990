import type { Json } from '#nodes/core/json.ts';
import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function startRun(
  scope: Scope,
  args: { pipelineId: string; source: 'draft' | 'published'; trigger: string; input: Json; requestKey: string | null },
): Promise<{ runId: string; ref: number }> {
  return pending();
}
