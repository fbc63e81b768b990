import { pending } from '#server/api/pending.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { TaskRow } from './types.ts';

export function listTasks(scope: Scope, args: { status: 'open' | 'decided'; limit: number }): Promise<TaskRow[]> {
  return pending();
}
