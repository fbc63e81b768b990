import type { Json } from '#nodes/core/json.ts';
import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';

export function decideTask(
  scope: Scope,
  args: { taskId: string; token: string; decision: 'approve' | 'reject'; value?: Json; reason?: string },
): Promise<{ taskId: string }> {
  return pending();
}
