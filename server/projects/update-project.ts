import type { Scope } from '#server/db/scoped.ts';
import { recordAudit } from './record-audit.ts';
import type { ProjectSettings } from './settings.ts';

/** Renames the project or changes its settings. */
export async function updateProject(
  scope: Scope,
  args: { name?: string | undefined; settings?: ProjectSettings | undefined },
): Promise<{ id: string }> {
  const { name, settings } = args;
  await scope.db.project.update({
    where: { id: scope.projectId },
    data: { ...(name === undefined ? {} : { name }), ...(settings === undefined ? {} : { settings }) },
  });
  await recordAudit(scope, { action: 'project.update', subject: scope.projectId, details: { name, settings } });
  return { id: scope.projectId };
}
