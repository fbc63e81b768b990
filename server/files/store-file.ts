import { createHash } from 'node:crypto';
import type { FileRef } from '#nodes/core/capabilities.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';

export const longestFileBytes = 25 * 1024 * 1024;

/**
 * Keeps a file of the operator's for runs to read. Its content goes past Prisma, which would copy it several times.
 * Errors: INPUT_INVALID (no name, empty), TOO_LARGE.
 */
export async function storeFile(
  scope: Scope,
  file: { name: string; mime: string; content: Uint8Array<ArrayBuffer> },
): Promise<FileRef> {
  const bytes = file.content.byteLength;
  const name = fileName(file.name);
  if (bytes === 0) throw new AppError('INPUT_INVALID', `${name} is empty.`);
  if (bytes > longestFileBytes) throw new AppError('TOO_LARGE', tooLargeText(name, bytes));
  const rows = await query<{ id: string }>(
    `insert into stored_file (id, project_id, name, mime, bytes, sha256, content)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6) returning id`,
    [scope.projectId, name, file.mime, bytes, sha256(file.content), viewOf(file.content)],
  );
  const { id } = found(rows[0], 'The stored file');
  return { kind: 'file', id, name, mime: file.mime, bytes };
}

/** The same bytes, not a copy. */
const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>) =>
  Buffer.from(buffer, byteOffset, byteLength);

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

/** What is said of a file that is not taken. `bytes`: null where it was refused while it came in. */
export function tooLargeText(given: string, bytes: number | null): string {
  const has = bytes === null ? `more than ${megabytes(longestFileBytes)}` : megabytes(bytes);
  return `${fileName(given)} has ${has}; a file may have ${megabytes(longestFileBytes)} at most. Split it.`;
}

/** The last part of a path, without what a header or a file system could take amiss. */
function fileName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) ?? '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 255);
  if (name === '' || name === '.' || name === '..')
    throw new AppError('INPUT_INVALID', 'The file has no name. Send it in the header x-file-name, URL-encoded.');
  return name;
}
