import { type TaskClass, taskClasses } from '#nodes/core/capabilities.ts';
import type { Scope } from '#server/db/scoped.ts';
import { type TaskClassSettings, taskClassSettings } from '#server/models/task-class.ts';

/** How work of each class is done in a project; what was never set has its usual value. */
export async function getTaskClasses(scope: Scope): Promise<Record<TaskClass, TaskClassSettings>> {
  const rows = await scope.db.taskClass.findMany();
  const settingsOf = (name: TaskClass) =>
    taskClassSettings.parse(rows.find((row) => row.name === name)?.settings ?? {});
  return Object.fromEntries(taskClasses.map((name) => [name, settingsOf(name)])) as Record<
    TaskClass,
    TaskClassSettings
  >;
}
