import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { env } from '#server/env.ts';
import { startOfToday } from '#server/today/start-of-today.ts';
import { modelConnection } from './model-connection.ts';
import { parseSettings } from './settings.ts';
import type { ProjectView } from './types.ts';

type Counts = { spent: string; tasks: number; runs: number };

/** A project with what stands at its top: spend of today, what waits, what runs, what it is connected to. */
export async function getProject(scope: Scope): Promise<ProjectView> {
  const [project, counts] = await Promise.all([
    scope.db.project.findUnique({ where: { id: scope.projectId } }),
    query<Counts>(
      `select coalesce((select sum(cost_micros) from spend where project_id = $1 and at >= $2), 0)::text as spent,
              (select count(*)::int from task where project_id = $1 and status = 'open') as tasks,
              (select count(*)::int from run where project_id = $1 and status in ('queued', 'running', 'waiting')) as runs`,
      [scope.projectId, startOfToday()],
    ),
  ]);
  const { id, name, settings: stored } = found(project, 'The project');
  const settings = parseSettings(stored);
  return {
    id,
    name,
    settings,
    spentTodayMicros: Number(counts[0]?.spent ?? 0),
    waitingTasks: counts[0]?.tasks ?? 0,
    activeRuns: counts[0]?.runs ?? 0,
    connections: { smtp: env().SMTP_URL !== undefined, model: modelConnection(settings) },
  };
}
