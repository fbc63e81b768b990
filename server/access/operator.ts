import { db } from '#server/db/client.ts';
import { localOwnerId } from '#server/projects/first-project.ts';

/** Whether the operator exists. The owner of what commands made before the first visit does not count. */
export async function hasOperator(): Promise<boolean> {
  return (await db().user.count({ where: { id: { not: localOwnerId } } })) > 0;
}
