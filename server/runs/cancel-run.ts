import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function cancelRun(scope: Scope, runId: string): Promise<{ runId: string }> {
  return pending();
}
