import type { Json, JsonObject } from '#nodes/core/json.ts';
import { innermost, type Program } from '#nodes/core/program.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { prunedValue } from '#server/retention/pruned-value.ts';
import { enclosingPaths } from './paths.ts';
import { storedOutput } from './step-rows.ts';

export type ScopeValuesQuery = {
  pipelineId: string;
  /** Null: the newest run that has most of what is read. */
  runId: string | null;
  /** Nodes whose outputs are read. */
  reads: string[];
  /** The For each and Repeat around who reads, the outermost first, and which item of each is meant. */
  around: string[];
  items: number[];
};

/** Why a value is not here: more than is looked at, or removed by the retention policy. */
export type LeftOut = 'large' | 'removed';

/** What a field could read in a run. */
export type RunScopeValues = {
  run: { id: string; ref: number; input: JsonObject; startedAt: string; spendMicros: number };
  /** Outputs by node, and of each For each around `{item, index}`. A node that did not run is left out. */
  nodes: Record<string, Json>;
  /** The innermost item; null: there is none, or none of that number. */
  item: { value: Json; index: number; total: number } | null;
  leftOut: Record<string, LeftOut>;
  /** Nodes that the run's own graph does not have. */
  unknown: string[];
};

/** Values larger than this, or beyond this in all, are left out: they are for a preview. */
const mostChars = 300_000;
const mostCharsInAll = 1_500_000;
const runsLookedAt = 20;

/** The values that a field can read in a run, as a step there would get them. Null: there is no run. Errors: NOT_FOUND. */
export async function scopeValues(scope: Scope, asked: ScopeValuesQuery): Promise<RunScopeValues | null> {
  await requirePipeline(scope, asked.pipelineId);
  const runId = asked.runId ?? (await newestWith(asked));
  if (runId === null) return null;
  const run = await runOf(scope, { runId, pipelineId: asked.pipelineId });
  const path = asked.around.map((map, depth) => `${map}:${asked.items[depth] ?? 0}`).join('/');
  const [items, outputs] = await Promise.all([itemsAt(runId, path), outputsAt(runId, path, asked.reads)]);
  const last = items.at(0);
  return {
    run: run.facts,
    nodes: {
      ...Object.fromEntries(items.map(({ map, value, index }) => [map, { item: value, index }])),
      ...outputs.kept,
    },
    item: asked.around.length > 0 && last ? { value: last.value, index: last.index, total: last.total } : null,
    leftOut: { ...run.leftOut, ...outputs.leftOut },
    unknown: [...asked.reads, ...asked.around].filter((id) => !run.states.includes(id)),
  };
}

async function newestWith({ pipelineId, reads }: ScopeValuesQuery): Promise<string | null> {
  const rows = await query<{ id: string }>(
    `select r.id::text as id from (select id from run where pipeline_id = $1 order by id desc limit $3) r
      order by (select count(distinct s.state) from step s where s.run_id = r.id and s.state = any($2) and s.outcome is not null) desc, r.id desc
      limit 1`,
    [pipelineId, reads, runsLookedAt],
  );
  return rows[0]?.id ?? null;
}

type Stored = {
  ref: number;
  input: Json;
  startedAt: string;
  spendMicros: string;
  chars: number;
  states: Program['states'];
};

async function runOf(scope: Scope, { runId, pipelineId }: { runId: string; pipelineId: string }) {
  const rows = await query<Omit<Stored, 'states'> & { states: string[] }>(
    `select r.ref, case when length(r.input::text) > $4 then null else r.input end as input, length(r.input::text) as chars,
            to_json(coalesce(r.started_at, r.created_at))#>>'{}' as "startedAt", r.spend_micros::text as "spendMicros",
            array(select jsonb_object_keys(g.ir->'states')) as states
       from run r join program g on g.id = r.program_id
      where r.id = $1 and r.project_id = $2 and r.pipeline_id = $3`,
    [runId, scope.projectId, pipelineId, mostChars],
  );
  const { ref, input, startedAt, spendMicros, chars, states } = found(rows[0], `The run ${runId} of the pipeline`);
  const pruned = prunedValue(input) !== null;
  const leftOut: Record<string, LeftOut> =
    chars > mostChars ? { 'run.input': 'large' } : pruned ? { 'run.input': 'removed' } : {};
  const object = input !== null && typeof input === 'object' && !Array.isArray(input) && !pruned ? input : {};
  return { facts: { id: runId, ref, input: object, startedAt, spendMicros: Number(spendMicros) }, leftOut, states };
}

/** The items around a path, the innermost first. */
async function itemsAt(runId: string, path: string) {
  const places = enclosingPaths(path).flatMap((one) => innermost(one) ?? []);
  if (places.length === 0) return [];
  const rows = await query<{ map: string; index: number; value: Json; total: number; depth: number }>(
    `select x.map, x.index, case when length(i.value::text) > $6 then null else i.value end as value, m.total, x.depth
       from unnest($2::text[], $3::text[], $4::int[], $5::int[]) as x(map, parent, index, depth)
       join step s on s.run_id = $1 and s.state = x.map and s.path = x.parent
       join map_run m on m.step_id = s.id
       join map_item i on i.step_id = s.id and i.index = x.index
      order by x.depth`,
    [
      runId,
      places.map(({ mapId }) => mapId),
      places.map(({ parent }) => parent),
      places.map(({ index }) => index),
      places.map((_, depth) => depth),
      mostChars,
    ],
  );
  return rows[0]?.depth === 0 ? rows : [];
}

/** Outputs as a step at `path` sees them: of its own iteration, or of one around it. */
async function outputsAt(runId: string, path: string, reads: string[]) {
  const rows = await query<{ state: string; output: Json; chars: number | null }>(
    `select distinct on (s.state) s.state, length(v.output::text) as chars,
            case when length(v.output::text) > $4 then null else ${storedOutput} end as output
       from step s left join step_value v on v.step_id = s.id
      where s.run_id = $1 and s.state = any($2) and s.path = any($3) and s.outcome is not null and s.status <> 'undone'
      order by s.state, length(s.path) desc`,
    [runId, reads, enclosingPaths(path), mostChars],
  );
  const kept: Record<string, Json> = {};
  const leftOut: Record<string, LeftOut> = {};
  let inAll = 0;
  for (const { state, output, chars } of rows) {
    inAll += chars ?? 0;
    if ((chars ?? 0) > mostChars || inAll > mostCharsInAll) leftOut[state] = 'large';
    else if (prunedValue(output)) leftOut[state] = 'removed';
    else kept[state] = output;
  }
  return { kept, leftOut };
}
