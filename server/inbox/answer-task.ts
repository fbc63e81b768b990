import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Answer } from './types.ts';

export function answerTask(
  scope: Scope,
  args: { taskId: string; token: string; answer: Answer },
): Promise<{ taskId: string }> {
  return pending();
}
