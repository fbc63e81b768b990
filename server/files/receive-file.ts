import { z } from 'zod';
import { readBody } from '#server/access/read-body.ts';
import type { Operator } from '#server/api/context.ts';
import { AppError } from '#server/errors.ts';
import { openProject } from '#server/projects/open-project.ts';
import { longestFileBytes, storeFile, tooLargeText } from './store-file.ts';

const mimePattern = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** POST /api/files?projectId=…: the raw body is the file; answers its FileRef. */
export async function receiveFile(request: Request, operator: Operator): Promise<Response> {
  const projectId = z.uuid('Name the project: ?projectId=…').parse(new URL(request.url).searchParams.get('projectId'));
  const scope = await openProject({ projectId, operator });
  const mime = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const name = decoded(request.headers.get('x-file-name') ?? '');
  const content = await readBody(request, { bytes: longestFileBytes, text: (told) => tooLargeText(name, told) });
  const file = await storeFile(scope, {
    name,
    mime: mimePattern.test(mime) ? mime : 'application/octet-stream',
    content,
  });
  return Response.json(file, { status: 201 });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (cause) {
    throw new AppError('INPUT_INVALID', 'The header x-file-name is not URL-encoded.', { cause });
  }
}
