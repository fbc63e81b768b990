import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import type { VectorIndex } from '#server/memory/chroma.ts';
import { indexChunks } from '#server/memory/index-chunks.ts';
import { removeChunks } from '#server/memory/remove-chunks.ts';
import { parseSettings } from '#server/projects/settings.ts';
import { extractApart } from './extract/extract-apart.ts';
import { formatOf } from './format.ts';
import { storeDocument } from './store-document.ts';

/** What a source answered. */
export type Fetched = { content: Uint8Array; mime: string };
/** Fetches an address as a step would: guarded, bounded. Errors: HTTP_*, TOO_LARGE. */
export type FetchSource = (url: string, allowedHosts: string[], signal: AbortSignal) => Promise<Fetched>;
export type Reading = {
  db: Pool;
  index: VectorIndex;
  fetchSource: FetchSource;
  mayGoOn: () => boolean;
  signal: AbortSignal;
};

type Due = {
  id: string;
  projectId: string;
  name: string;
  fileId: string | null;
  url: string | null;
  sha256: string | null;
  itemId: string | null;
  attempts: number;
};
export type Read = { id: string; result: 'read' | 'unchanged' | 'merged' | 'failed' };

/** A document that was begun is left to its reader for this long. */
const leaseMinutes = 10;
const mostAttempts = 3;
const indexedAtOnce = 500;

/** Reads documents that are due, one after the other: new ones, and sources whose time to be looked at has come. */
export async function readDocuments(reading: Reading): Promise<Read[]> {
  const done: Read[] = [];
  while (reading.mayGoOn()) {
    const due = await takeDue(reading.db);
    if (!due) break;
    done.push({ id: due.id, result: await readOne(reading, due) });
  }
  return done;
}

async function takeDue(db: Pool): Promise<Due | undefined> {
  const { rows } = await db.query<Due>(
    `update document d set check_at = now() + make_interval(mins => $1), attempts = attempts + 1
      where id = (select id from document where check_at <= now() + interval '1 second' order by check_at limit 1 for update skip locked)
     returning id, project_id as "projectId", name, file_id as "fileId", url, sha256, item_id as "itemId", attempts`,
    [leaseMinutes],
  );
  return rows[0];
}

async function readOne(reading: Reading, due: Due): Promise<Read['result']> {
  const { db } = reading;
  try {
    if (due.attempts > mostAttempts)
      throw new NodeError(
        'FILE_UNREADABLE',
        `${due.name} could not be read ${mostAttempts} times: its reader ended each time.`,
      );
    const { content, mime } = await contentOf(reading, due);
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (due.itemId && sha256 === due.sha256) {
      await noteUnchanged(db, due.id);
      return 'unchanged';
    }
    if (await mergedInto(db, due, sha256)) return 'merged';
    const { name, projectId } = due;
    const format = formatOf({ name: due.url ? nameOf(due.url) : name, mime }, content);
    const extracted = await extractApart({ name, format, content });
    const document = { id: due.id, projectId, name, format, bytes: content.byteLength, sha256 };
    const { itemId, removed } = await storeDocument(db, document, extracted);
    await bringIntoIndex(reading, { projectId, itemId, removed });
    return 'read';
  } catch (error) {
    await noteFailure(db, due.id, toNodeError(error));
    return 'failed';
  }
}

async function contentOf(reading: Reading, due: Due): Promise<Fetched> {
  if (due.url) {
    const { rows } = await reading.db.query<{ settings: unknown }>('select settings from project where id = $1', [
      due.projectId,
    ]);
    return await reading.fetchSource(due.url, parseSettings(rows[0]?.settings).allowedHosts, reading.signal);
  }
  const { rows } = await reading.db.query<{ content: Buffer; mime: string }>(
    'select content, mime from stored_file where id = $1 and project_id = $2',
    [due.fileId, due.projectId],
  );
  const file = rows[0];
  if (!file) throw new NodeError('FILE_NOT_FOUND', `The file of ${due.name} is not there any more. Import it again.`);
  return { content: file.content, mime: file.mime };
}

/** The last part of an address, which may tell by its ending what it is. */
function nameOf(url: string): string {
  return decodeURI(new URL(url).pathname.split('/').at(-1) ?? '');
}

/** The same content came before under another name: that document gets this name too, and this one goes. */
async function mergedInto(db: Pool, due: Due, sha256: string): Promise<boolean> {
  if (due.itemId || due.url) return false;
  const { rows } = await db.query(
    `with same as (
       select id from document where project_id = $1 and sha256 = $2 and id <> $3 and item_id is not null and url is null
        order by created_at limit 1),
     named as (
       update document d set also_named = array(select distinct n from unnest(d.also_named || $4::text) n where n <> d.name)
         from same where d.id = same.id returning d.id),
     gone as (delete from document where id = $3 and exists (select from named))
     select id from named`,
    [due.projectId, sha256, due.id, due.name],
  );
  return rows.length > 0;
}

async function bringIntoIndex(
  { db, index }: Reading,
  { projectId, itemId, removed }: { projectId: string; itemId: string; removed: string[] },
): Promise<void> {
  await removeChunks(db, index, { projectId, chunkIds: removed });
  for (;;) {
    const { indexed, available } = await indexChunks(db, index, { limit: indexedAtOnce, itemId });
    if (!available || indexed === 0) return;
  }
}

async function noteUnchanged(db: Pool, id: string): Promise<void> {
  await db.query(
    `update document set checked_at = now(), attempts = 0, failure = null, check_at = now() + refresh_ms * interval '1 ms' where id = $1`,
    [id],
  );
}

/** What was read of it before stays; a source is looked at again at its time. */
async function noteFailure(db: Pool, id: string, { code, message }: NodeError): Promise<void> {
  await db.query(
    `update document set checked_at = now(), attempts = 0, failure = $2, check_at = now() + refresh_ms * interval '1 ms' where id = $1`,
    [id, JSON.stringify({ code, message })],
  );
}
