import { z } from 'zod';
import type { Operator } from '#server/api/context.ts';
import { getLineage } from '#server/lineage/get-lineage.ts';
import { openProject } from '#server/projects/open-project.ts';
import { getLineageInput } from './get-lineage.ts';

const asked = getLineageInput
  .omit({ depth: true })
  .extend({ projectId: z.uuid(), depth: z.coerce.number().int().min(1).max(100).optional() });

/** GET /api/lineage?projectId=…&runId=…&state=…&path=…&of=output&pointer=…: where a value comes from, as JSON. */
export async function exportLineage(request: Request, operator: Operator): Promise<Response> {
  const { projectId, depth, ...at } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const scope = await openProject({ projectId, operator });
  const lineage = await getLineage(scope, { ...at, ...(depth ? { depth } : {}) });
  return new Response(`${JSON.stringify(lineage, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="lineage ${at.runId} ${at.state}.json"`,
    },
  });
}
