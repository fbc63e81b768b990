import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function setEnabled(
  scope: Scope,
  args: { pipelineId: string; enabled: boolean },
): Promise<{ enabled: boolean }> {
  return pending();
}
