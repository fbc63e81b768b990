import Papa from 'papaparse';
import { z } from 'zod';
import type { Operator } from '#server/api/context.ts';
import { query } from '#server/db/pool.ts';
import { openProject } from '#server/projects/open-project.ts';

const asked = z.object({ projectId: z.uuid(), from: z.iso.date(), to: z.iso.date() });

const columns = [
  ...[
    'at',
    'project',
    'pipeline',
    'version',
    'run',
    'node',
    'path',
    'step_id',
    'task_class',
    'entity',
    'provider',
    'model',
  ],
  ...[
    'input_tokens',
    'cached_input_tokens',
    'output_tokens',
    'price_id',
    'estimate_p50_micros',
    'estimate_p90_micros',
    'cost_micros',
  ],
];
const rowsAtOnce = 1_000;

type Row = Record<string, string | number | null>;

/**
 * GET /api/spend?projectId=…&from=…&to=…: every call of these days as CSV (RFC 4180), in micro-dollars; `price_id` is empty
 * where the model had no price. Sent as it is read, so that memory does not grow with it.
 */
export async function exportSpend(request: Request, operator: Operator): Promise<Response> {
  const { projectId, from, to } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const scope = await openProject({ projectId, operator });
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  let after = '0';
  let begun = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const rows = await page({ projectId: scope.projectId, from, to, timeZone, after });
      const last = rows.at(-1);
      // Cells that a spreadsheet would take for a formula are text.
      const text = Papa.unparse(
        { fields: columns, data: rows.map((row) => columns.map((name) => row[name])) },
        { header: !begun, escapeFormulae: true, newline: '\r\n' },
      );
      if (!begun || last) controller.enqueue(new TextEncoder().encode(`${text}\r\n`));
      begun = true;
      if (last) after = String(last.id);
      if (rows.length < rowsAtOnce) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="spend ${from} to ${to}.csv"`,
    },
  });
}

type Page = { projectId: string; from: string; to: string; timeZone: string; after: string };

async function page({ projectId, from, to, timeZone, after }: Page): Promise<Row[]> {
  return await query<Row>(
    `select s.id::text, to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, o.name as project, p.name as pipeline, s.version,
            coalesce('R-' || r.ref, s.run_id::text) as run, s.state as node, s.path, s.step_id::text as step_id, s.task_class, e.type || ' ' || e.key as entity,
            s.provider, s.model, s.input_tokens, s.cached_input_tokens, s.output_tokens, s.price_id,
            s.estimate_p50_micros::text as estimate_p50_micros, s.estimate_p90_micros::text as estimate_p90_micros, s.cost_micros::text as cost_micros
       from spend s join project o on o.id = s.project_id left join pipeline p on p.id = s.pipeline_id left join run r on r.id = s.run_id
       left join entity e on e.id = s.entity_id
      where s.project_id = $1 and s.at >= ($2::date)::timestamp at time zone $4 and s.at < ($3::date + 1)::timestamp at time zone $4 and s.id > $5
      order by s.id limit $6`,
    [projectId, from, to, timeZone, after, rowsAtOnce],
  );
}
