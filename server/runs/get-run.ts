import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { RunDetail } from './types.ts';

export function getRun(scope: Scope, runId: string): Promise<RunDetail> {
  return pending();
}
