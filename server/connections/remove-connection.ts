import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { connectionUses, usesInWords } from './connection-uses.ts';

/** Removes a connection and its key. Errors: NOT_FOUND; CONFLICT where something names it, since that would fail from then on. */
export async function removeConnection(scope: Scope, id: string): Promise<{ id: string }> {
  const known = await scope.db.modelConnection.findFirst({ where: { id }, select: { name: true } });
  const { name } = found(known, 'The connection');
  await refuseIfUsed(scope, name, 'is not removed');
  await scope.db.modelConnection.delete({ where: { id } });
  await recordAudit(scope, { action: 'connection.remove', subject: id, details: { name } });
  return { id };
}

/** Errors: CONFLICT with what names the connection. */
export async function refuseIfUsed(scope: Scope, name: string, what: string): Promise<void> {
  const uses = (await connectionUses(scope, [name])).get(name) ?? [];
  if (uses.length === 0) return;
  throw new AppError(
    'CONFLICT',
    `The connection “${name}” ${what}, because it is named by ${usesInWords(uses)}. Choose another model there first.`,
  );
}
