import type { TaskClass } from '#nodes/core/capabilities.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { TaskClassSettings } from '#server/models/task-class.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/** Sets how work of a class is done from now on; calls that are under way are not touched. */
export async function setTaskClass(
  scope: Scope,
  { name, settings }: { name: TaskClass; settings: TaskClassSettings },
): Promise<{ name: TaskClass }> {
  const { projectId } = scope;
  await scope.db.taskClass.upsert({
    where: { projectId_name: { projectId, name } },
    create: { projectId, name, settings },
    update: { settings },
  });
  await recordAudit(scope, { action: 'task-class.set', subject: name, details: settings });
  return { name };
}
