import { randomUUIDv7 } from 'node:crypto';
import { NodeError } from '#nodes/core/errors.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { askToRead } from './ask-to-read.ts';
import { formatOf } from './format.ts';

export type Imported =
  | { fileId: string; ok: true; documentId: string; duplicate: boolean }
  | { fileId: string; ok: false; error: { code: string; message: string } };
type File = { name: string; mime: string; bytes: number; sha256: string; head: Buffer };

/**
 * Takes files that were handed in as documents. Each is answered for itself: what is no document fails with its code at
 * once, the same content as before is that document, and all others are read in the background, where they may fail too.
 * Errors: NOT_FOUND (the entity that they are about).
 */
export async function importDocuments(
  scope: Scope,
  { fileIds, entityId = null }: { fileIds: string[]; entityId?: string | null | undefined },
): Promise<Imported[]> {
  if (entityId)
    found(await scope.db.entity.findUnique({ where: { id: entityId }, select: { id: true } }), 'The entity');
  const results: Imported[] = [];
  for (const fileId of [...new Set(fileIds)]) results.push(await importOne(scope, fileId, entityId));
  const documents = results.filter(({ ok }) => ok).length;
  if (documents > 0)
    await recordAudit(scope, { action: 'memory.import', subject: scope.projectId, details: { documents } });
  await askToRead();
  return results;
}

async function importOne(scope: Scope, fileId: string, entityId: string | null): Promise<Imported> {
  const [file] = await query<File>(
    `select name, mime, bytes, sha256, substring(content from 1 for 8192) as head from stored_file where id = $1 and project_id = $2`,
    [fileId, scope.projectId],
  );
  if (!file) return failed(fileId, new NodeError('FILE_NOT_FOUND', 'The file was not found in this project.'));
  try {
    formatOf(file, file.head);
  } catch (error) {
    if (error instanceof NodeError) return failed(fileId, error);
    throw error;
  }
  const [same] = await query<{ id: string }>(
    `update document set also_named = array(select distinct n from unnest(also_named || $3::text) n where n <> name)
      where id = (select id from document where project_id = $1 and sha256 = $2 and url is null order by created_at limit 1) returning id`,
    [scope.projectId, file.sha256, file.name],
  );
  if (same) return { fileId, ok: true, documentId: same.id, duplicate: true };
  const documentId = randomUUIDv7();
  await query(
    `insert into document (id, project_id, entity_id, name, bytes, file_id, check_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [documentId, scope.projectId, entityId, file.name, file.bytes, fileId],
  );
  return { fileId, ok: true, documentId, duplicate: false };
}

function failed(fileId: string, { code, message }: NodeError): Imported {
  return { fileId, ok: false, error: { code, message } };
}
