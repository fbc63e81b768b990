import { randomUUID } from 'node:crypto';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { isTaken, storedFields } from './store.ts';
import type { ConnectionFields } from './types.ts';

/** Adds a connection. Its key is sealed and not shown again. Errors: INPUT_INVALID; CONFLICT where the name is taken. */
export async function createConnection(scope: Scope, fields: ConnectionFields): Promise<{ id: string }> {
  const id = randomUUID();
  const data = storedFields(id, fields);
  if (data.isDefault) await scope.db.modelConnection.updateMany({ data: { isDefault: false } });
  try {
    await scope.db.modelConnection.create({ data: { id, projectId: scope.projectId, ...data } });
  } catch (error) {
    if (isTaken(error))
      throw new AppError('CONFLICT', `A connection is named "${fields.name}" already. Choose another name.`);
    throw error;
  }
  const { name, kind, baseUrl } = fields;
  await recordAudit(scope, { action: 'connection.create', subject: id, details: { name, kind, baseUrl } });
  return { id };
}
