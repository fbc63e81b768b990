import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import type { Query } from '#server/db/pool.ts';
import { prunedValue } from '#server/retention/pruned-value.ts';
import { enclosingPaths } from '#server/runs/paths.ts';
import { storedInput, storedOutput } from '#server/runs/step-rows.ts';
import { type Found, type Outcomes, outcomeKey, type RunFacts, type StepFacts, type TaskFacts } from './facts.ts';
import type { Place } from './types.ts';
import { membersOf, type Want } from './wants.ts';

const previewChars = 240;
const smallBytes = 4_000;

type RunRow = Omit<RunFacts, 'startedAt' | 'valuesRemovedAt' | 'calledBy' | 'program'> & {
  startedAt: Date | null;
  valuesRemovedAt: Date | null;
  calledBy: Place | null;
  ir: Program;
};

/** Runs of the project, with what they are pinned to. */
export async function loadRuns(query: Query, projectId: string, runIds: readonly string[]): Promise<RunFacts[]> {
  if (runIds.length === 0) return [];
  const rows = await query<RunRow>(
    `select r.id::text as "runId", r.ref, p.name as "pipelineName", r.version, r.trigger, coalesce(r.started_at, r.created_at) as "startedAt",
            coalesce(r.values_pruned_at, f.values_pruned_at) as "valuesRemovedAt", f.id::text as "forkedFrom", g.ir, rg.graph,
            coalesce(r.input = f.input, false) as "sameInput", case when t.inherited and (tv.provenance->-1->>'edited')::boolean then tv.provenance->-1 end as "inputEdit",
            case when s.id is not null then jsonb_build_object('runId', s.run_id::text, 'state', s.state, 'path', s.path) end as "calledBy"
       from run r join pipeline p on p.id = r.pipeline_id join program g on g.id = r.program_id join run_graph rg on rg.id = r.graph_id
       left join step s on s.id = r.parent_step_id left join run f on f.id = r.forked_from
       left join step t on f.id is not null and t.run_id = r.id and t.state = r.trigger and t.path = '' left join step_value tv on tv.step_id = t.id
      where r.id = any($1::bigint[]) and r.project_id = $2`,
    [runIds, projectId],
  );
  return rows.map(({ ir, startedAt, valuesRemovedAt, graph, ...run }) => ({
    ...run,
    startedAt: startedAt?.getTime() ?? null,
    valuesRemovedAt: valuesRemovedAt?.getTime() ?? null,
    program: readProgram(ir),
    graph: graph as Graph,
  }));
}

type Part = { sha256: string | null; bytes: number | null; preview: string | null; small: Json; note: Json };

const part = (whole: string): string =>
  `encode(sha256(convert_to(${whole}::text, 'UTF8')), 'hex') as sha256, octet_length(${whole}::text) as bytes,
   left(${whole} #>> m.members, ${previewChars}) as preview, case when octet_length((${whole} #> m.members)::text) <= ${smallBytes} then ${whole} #> m.members end as small,
   case when ${whole} ? 'pruned' then ${whole} end as note`;

const wanted = `jsonb_to_recordset($1) as w(n int, run bigint, state text, paths jsonb, pointer jsonb, of text, index int, step bigint, agent boolean)
  cross join lateral (select array(select jsonb_array_elements_text(w.pointer)) as members) m`;

type StepRow = Omit<StepFacts, 'at' | 'endedAt' | 'provenance' | 'tasks'> &
  Place &
  Part & {
    n: number;
    stepId: string;
    endedAt: Date | null;
    provenance: Json;
    decided: (Omit<TaskFacts, 'at'> & { at: string | null })[];
  };

type ItemRow = Part & { n: number; turn: Json; before: number | null };

const stepsSql = `
  select distinct on (w.n) w.n, s.id::text as "stepId", s.run_id::text as "runId", s.state, s.path, s.outcome, s.attempt, s.ended_at as "endedAt", s.inherited,
         o.origin, coalesce(o.reasons, 0) as "originReasons", coalesce(v.provenance, '[]') as provenance, c.id::text as "childRunId", coalesce(i.last + 1, 0) as iterations, coalesce(k.decided, '[]') as decided, ${part('x.whole')}
    from ${wanted}
    cross join lateral jsonb_array_elements_text(w.paths) a(path)
    join step s on s.run_id = w.run and s.state = w.state and s.path = a.path
    left join step_value v on v.step_id = s.id
    cross join lateral (select case w.of when 'output' then ${storedOutput} when 'input' then ${storedInput} end as whole) x
    left join lateral (
      select jsonb_build_object('runId', f.run_id::text, 'state', f.state, 'path', f.path) as origin,
             case jsonb_typeof(fv.provenance) when 'array' then jsonb_array_length(fv.provenance) else 0 end as reasons
        from run r join step f on f.run_id = r.forked_from and f.state = s.state and f.path = s.path left join step_value fv on fv.step_id = f.id
       where s.inherited and r.id = s.run_id and f.status <> 'undone' and f.ended_at is not distinct from s.ended_at) o on true
    left join lateral (select id from run where parent_step_id = s.id order by id desc limit 1) c on true
    left join lateral (select max(index) as last from map_item where step_id = s.id) i on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('taskId', id, 'kind', kind, 'decision', decision, 'at', decided_at) order by decided_at) as decided
        from task where step_id = s.id and status in ('decided', 'expired') and decision is not null) k on true
   where s.status <> 'undone' and (w.step is null or w.step = s.id) and (w.of <> 'output' or s.outcome is not null)
   order by w.n, length(s.path) desc`;

const itemsSql = `
  select w.n, ${part('x.whole')}, case when w.agent then i.value->'turn' end as turn,
         case when w.agent then (select count(*)::int from map_item b where b.step_id = s.id and b.index < w.index and b.value->'turn' < i.value->'turn') end as before
    from ${wanted}
    join step s on s.run_id = w.run and s.state = w.state and s.path = w.paths->>0 and s.status <> 'undone' and (w.step is null or w.step = s.id)
    join map_item i on i.step_id = s.id and i.index = w.index
    cross join lateral (select case w.of when 'item' then i.value else i.result end as whole) x
   where w.of in ('item', 'result')`;

const inputsSql = `
  select w.n, ${part('r.input')} from ${wanted} join run r on r.id = w.run where w.of = 'run-input'`;

/** What each of these wants leads to, in their order. The runs are known and of the project. */
export async function loadFound(
  query: Query,
  wants: readonly Want[],
  runs: ReadonlyMap<string, RunFacts>,
): Promise<Found[]> {
  const asked = JSON.stringify(wants.map((want, n) => toAsked(want, n, runs)));
  const has = (...of: Want['of'][]): boolean => wants.some((want) => of.includes(want.of));
  const steps = has('output', 'input', 'item', 'result', 'step') ? await query<StepRow>(stepsSql, [asked]) : [];
  const items = has('item', 'result') ? await query<ItemRow>(itemsSql, [asked]) : [];
  const inputs = has('run-input') ? await query<Part & { n: number }>(inputsSql, [asked]) : [];
  const parts = new Map([...steps, ...items, ...inputs].map((row) => [row.n, row]));
  const stepOf = new Map(steps.map((row) => [row.n, row]));
  const itemOf = new Map(items.map((row) => [row.n, row]));
  return wants.map((want, n) => {
    const row = stepOf.get(n);
    const value = parts.get(n);
    const removedAt = runs.get(want.of === 'run-input' ? want.runId : want.at.runId)?.valuesRemovedAt ?? null;
    return {
      step: row ? toStep(row) : null,
      value: value ? toValue(value, removedAt) : null,
      small: value?.small ?? null,
      turn: turnOf(itemOf.get(n)),
    };
  });
}

/** What the retention policy left of an item does not say in which turn it was asked for. */
function turnOf(row: ItemRow | undefined): Found['turn'] {
  return typeof row?.turn === 'number' ? { turn: row.turn, before: row.before ?? 0 } : null;
}

function toAsked(want: Want, n: number, runs: ReadonlyMap<string, RunFacts>) {
  if (want.of === 'run-input') return { n, run: want.runId, pointer: membersOf(want.pointer), of: want.of, paths: [] };
  const { runId: run, state, path } = want.at;
  const paths = want.of === 'output' ? enclosingPaths(path) : [path];
  const pointer = want.of === 'step' ? [] : membersOf(want.pointer);
  const agent = want.of === 'item' && runs.get(run)?.program.states[state]?.kind === 'agent';
  const index = 'index' in want ? { index: want.index } : {};
  return { n, run, state, paths, pointer, of: want.of, step: want.stepId ?? null, agent, ...index };
}

function toStep({
  runId,
  state,
  path,
  outcome,
  attempt,
  endedAt,
  inherited,
  origin,
  originReasons,
  provenance,
  childRunId,
  iterations,
  decided,
}: StepRow): StepFacts {
  return {
    at: { runId, state, path },
    outcome,
    attempt,
    endedAt: endedAt?.getTime() ?? null,
    inherited,
    origin,
    originReasons,
    provenance: (prunedValue(provenance) ?? provenance) as StepFacts['provenance'],
    tasks: decided.map(({ at, ...task }) => ({ ...task, at: at === null ? null : Date.parse(at) })),
    childRunId,
    iterations,
  };
}

function toValue({ sha256, bytes, preview, note }: Part, removedAt: number | null): Found['value'] {
  const removed = prunedValue(note);
  if (removed) return { sha256: removed.sha256, bytes: removed.bytes, preview: null, removedAt };
  return { sha256, bytes: bytes ?? 0, preview, removedAt: null };
}

/** The outcomes of all steps that one at this path may follow. */
export async function loadOutcomes(query: Query, { runId, path }: Pick<Place, 'runId' | 'path'>): Promise<Outcomes> {
  const rows = await query<{ state: string; path: string; outcome: string }>(
    `select state, path, outcome from step where run_id = $1 and path = any($2) and outcome is not null and status <> 'undone'`,
    [runId, enclosingPaths(path)],
  );
  return new Map(rows.map((row) => [outcomeKey(row.state, row.path), row.outcome]));
}
