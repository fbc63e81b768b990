import { found, type Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

/** Removes a connection and its key. Nodes that name it fail with what to do. Errors: NOT_FOUND. */
export async function removeConnection(scope: Scope, id: string): Promise<{ id: string }> {
  const known = await scope.db.modelConnection.findFirst({ where: { id }, select: { name: true } });
  const { name } = found(known, 'The connection');
  await scope.db.modelConnection.delete({ where: { id } });
  await recordAudit(scope, { action: 'connection.remove', subject: id, details: { name } });
  return { id };
}
