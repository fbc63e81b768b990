import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { StepRow } from './types.ts';

export function listSteps(
  scope: Scope,
  args: { runId: string; state: string; cursor?: string; limit: number },
): Promise<{ items: StepRow[]; next: string | null }> {
  return pending();
}
