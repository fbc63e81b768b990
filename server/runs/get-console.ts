import type { JsonObject } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { itemLabels } from './item-labels.ts';
import { requireRun } from './require-run.ts';
import type { ConsoleEntry } from './types.ts';

const mostEntries = 500;
const longestText = 4_000;

type Row = { state: string; path: string; at: number } & (
  | { kind: 'log'; message: string; data: JsonObject | null }
  | {
      kind: 'model';
      model: string;
      rehearsal: boolean;
      inputTokens: number;
      outputTokens: number;
      costMicros: number;
      priced: boolean;
      text: string;
    }
);

/**
 * What the steps of a run logged and what models answered, the newest 500, oldest first. `state`: of one node only.
 * What the retention policy removed is not told.
 */
export async function getConsole(
  scope: Scope,
  { runId, state }: { runId: string; state: string | null },
): Promise<ConsoleEntry[]> {
  await requireRun(scope, runId);
  const rows = await query<{ entry: Row }>(
    `select entry from (
       select jsonb_build_object('kind', 'log', 'state', s.state, 'path', s.path, 'at', l.line->'at',
                'message', l.line->>'message', 'data', l.line->'data') as entry, (l.line->>'at')::float8 as at
         from step s join step_value v on v.step_id = s.id
         cross join lateral jsonb_array_elements(case when jsonb_typeof(v.logs) = 'array' then v.logs else '[]' end) as l(line)
        where s.run_id = $1 and s.status <> 'undone' and ($2::text is null or s.state = $2)
       union all
       select jsonb_build_object('kind', 'model', 'state', p.state, 'path', p.path, 'at', extract(epoch from p.at) * 1000,
                'model', p.model, 'rehearsal', p.rehearsal, 'inputTokens', p.input_tokens, 'outputTokens', p.output_tokens,
                'costMicros', p.cost_micros, 'priced', p.price_id is not null,
                'text', coalesce(left(p.answer->'answer'->>'text', $4), '')), extract(epoch from p.at) * 1000
         from spend p where p.run_id = $1 and ($2::text is null or p.state = $2)
       order by at desc limit $3) newest
      order by at`,
    [runId, state, mostEntries, longestText + 1],
  );
  const entries = rows.map(({ entry }) => entry);
  const labels = await itemLabels(
    query,
    entries.map(({ path }) => ({ runId, path })),
  );
  return entries.map((entry) => ({ ...told(entry), label: labels({ runId, path: entry.path }) }));
}

function told(row: Row) {
  if (row.kind === 'log') return row;
  const cut = row.text.length > longestText;
  return { ...row, text: row.text.slice(0, longestText), cut };
}
