import type { Operator } from '#server/api/context.ts';
import { db } from '#server/db/client.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';

/** Opens one of the operator's projects. A project of somebody else is not found, as one that does not exist. */
export async function openProject(args: { projectId: string; operator: Operator }): Promise<Scope> {
  const project = await db().project.findUnique({
    where: { id: args.projectId, ownerId: args.operator.id },
    select: { id: true },
  });
  if (!project) throw new AppError('NOT_FOUND', 'The project was not found.');
  return scopeOf(project.id, args.operator.email);
}
