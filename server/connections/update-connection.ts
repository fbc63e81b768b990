import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { refuseIfUsed } from './remove-connection.ts';
import { isTaken, storedFields } from './store.ts';
import type { ConnectionFields } from './types.ts';

/**
 * Changes a connection. Where it leads elsewhere its key has to be entered again, so that nobody sends it to a server of
 * their own. Errors: NOT_FOUND, INPUT_INVALID; CONFLICT where the name is taken, or the old one is named by something.
 */
export async function updateConnection(scope: Scope, id: string, fields: ConnectionFields): Promise<{ id: string }> {
  const known = found(await scope.db.modelConnection.findFirst({ where: { id } }), 'The connection');
  const moves = known.baseUrl !== fields.baseUrl || known.kind !== fields.kind;
  if (moves && known.keySealed !== null && fields.key === undefined)
    throw new AppError('INPUT_INVALID', 'key: the connection leads elsewhere now. Enter the key for it again.');
  if (known.name !== fields.name) await refuseIfUsed(scope, known.name, 'keeps its name');
  const data = storedFields(id, fields);
  if (data.isDefault)
    await scope.db.modelConnection.updateMany({ where: { id: { not: id } }, data: { isDefault: false } });
  try {
    await scope.db.modelConnection.update({ where: { id }, data });
  } catch (error) {
    if (isTaken(error))
      throw new AppError('CONFLICT', `A connection is named "${fields.name}" already. Choose another name.`);
    throw error;
  }
  const { name, kind, baseUrl } = fields;
  const details = { name, kind, baseUrl, keyChanged: fields.key !== undefined };
  await recordAudit(scope, { action: 'connection.update', subject: id, details });
  return { id };
}
