import { db } from '#server/db/client.ts';
import type { ProjectRow } from './types.ts';

/** The operator's projects, oldest first. */
export async function listProjects(ownerId: string): Promise<ProjectRow[]> {
  const rows = await db().project.findMany({ where: { ownerId }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ id, name, createdAt }) => ({ id, name, createdAt: createdAt.getTime() }));
}
