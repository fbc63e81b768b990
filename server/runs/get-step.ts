import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { StepDetail } from './types.ts';

export function getStep(scope: Scope, args: { runId: string; state: string; path: string }): Promise<StepDetail> {
  return pending();
}
