import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { askToRead } from './ask-to-read.ts';

/**
 * Adds an address as a source that may change: it is read now and looked at again every `refreshHours`; what changed is
 * read anew. An address that is there already gets the new interval. Errors: INPUT_INVALID, NOT_FOUND (the entity).
 */
export async function addSource(
  scope: Scope,
  { url, refreshHours, entityId = null }: { url: string; refreshHours: number; entityId?: string | null | undefined },
): Promise<{ documentId: string }> {
  const address = URL.parse(url);
  if (!address || !['http:', 'https:'].includes(address.protocol))
    throw new AppError('INPUT_INVALID', 'A source is an address that begins with https://.');
  if (entityId)
    found(await scope.db.entity.findUnique({ where: { id: entityId }, select: { id: true } }), 'The entity');
  address.hash = '';
  const [row] = await query<{ id: string }>(
    `insert into document (project_id, entity_id, name, url, refresh_ms, check_at) values ($1, $2, $3, $3, $4, now())
     on conflict (project_id, url) do update set refresh_ms = excluded.refresh_ms, check_at = now() returning id`,
    [scope.projectId, entityId, address.href, Math.round(refreshHours * 3_600_000)],
  );
  const { id } = found(row, 'The source');
  await recordAudit(scope, { action: 'memory.source', subject: id, details: { url: address.origin, refreshHours } });
  await askToRead();
  return { documentId: id };
}
