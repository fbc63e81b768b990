import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { RunRow, RunStatus } from './types.ts';

export function listRuns(
  scope: Scope,
  args: { pipelineId?: string; status?: RunStatus; cursor?: string; limit: number },
): Promise<{ items: RunRow[]; next: string | null }> {
  return pending();
}
