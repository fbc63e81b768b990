import { db } from '#server/db/client.ts';

/** Makes an empty project. */
export async function createProject(args: { ownerId: string; name: string }): Promise<{ id: string }> {
  return await db().project.create({ data: args, select: { id: true } });
}
