import type { TaskRow } from '#server/inbox/types.ts';

/** The task beside `taskId`: `step` ahead, or on the other side at the end of the list. Null where it is the only one. */
export function neighbour(tasks: readonly Pick<TaskRow, 'id'>[], taskId: string | null, step: 1 | -1): string | null {
  const at = tasks.findIndex((task) => task.id === taskId);
  if (at < 0) return tasks[0]?.id ?? null;
  return tasks[at + step]?.id ?? tasks[at - step]?.id ?? null;
}
