import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { TaskView } from './types.ts';

export function getTask(scope: Scope, taskId: string): Promise<TaskView> {
  return pending();
}
