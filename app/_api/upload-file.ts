import { bytes } from '#app/_ui/format.ts';
import type { FileRef } from '#nodes/core/capabilities.ts';
import type { ErrorBody } from '#server/errors.ts';

/** The server takes no more; a larger file is refused before it is sent. */
const longestBytes = 25 * 1024 * 1024;

/** Hands a file to the server. Throws what the server said where it refuses. */
export async function uploadFile(projectId: string, file: File): Promise<FileRef> {
  if (file.size > longestBytes)
    throw new Error(`${file.name} has ${bytes(file.size)}; a file may have 25 MB at most. Split it.`);
  const answer = await fetch(`/api/files?projectId=${encodeURIComponent(projectId)}`, {
    method: 'POST',
    body: file,
    headers: {
      'content-type': file.type || 'application/octet-stream',
      'x-file-name': encodeURIComponent(file.name),
    },
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw refusal(body, file.name);
  return body as FileRef;
}

function refusal(body: unknown, name: string): Error {
  const said = body as Partial<ErrorBody> | null;
  const error = new Error(said?.message ?? `${name} was not taken.`);
  return said?.code ? Object.assign(error, { data: said }) : error;
}
