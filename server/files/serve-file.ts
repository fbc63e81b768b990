import { z } from 'zod';
import type { Operator } from '#server/api/context.ts';
import { query } from '#server/db/pool.ts';
import { found } from '#server/db/scoped.ts';
import { openProject } from '#server/projects/open-project.ts';

/** GET /api/files/<id>?projectId=…: always as a download, so that a stored page never runs as one of ours. */
export async function serveFile(request: Request, id: string, operator: Operator): Promise<Response> {
  const projectId = z.uuid('Name the project: ?projectId=…').parse(new URL(request.url).searchParams.get('projectId'));
  const scope = await openProject({ projectId, operator });
  const rows = z.uuid().safeParse(id).success
    ? await query<{ name: string; mime: string; content: Buffer<ArrayBuffer> }>(
        'select name, mime, content from stored_file where id = $1 and project_id = $2',
        [id, scope.projectId],
      )
    : [];
  const file = found(rows[0], 'The file');
  return new Response(file.content, {
    headers: {
      'content-type': file.mime,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
  });
}
