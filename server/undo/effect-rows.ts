import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Query } from '#server/db/pool.ts';

/** What a step did to the outside, as far as it is to be taken back. */
export type ActedStep = {
  stepId: string;
  runId: string;
  programId: string;
  graphId: string;
  state: string;
  path: string;
  status: 'done' | 'failed' | 'cancelled';
  outcome: string | null;
  spentMicros: number;
  /** What it took and gave is not kept any more. */
  pruned: boolean;
  /** What the ledger holds of it that was not taken back; empty where it wrote an entity, a memory or an event only. */
  effects: { kind: string; status: 'done' | 'unknown' | 'intended'; intent: JsonObject; receipt: Json }[];
};
export type Acted = { steps: ActedStep[]; alreadyUndone: number };

/** Rewinds of the runs `ids`, for `keyOfStep`: read once, since events are many. */
export const rewoundOf = (ids: string): string => `rewound as materialized (
    select e.run_id, e.at from run r join run_event_each e on e.run_id = r.id
     where r.id in (${ids}) and r.generation > 0 and e.kind = 'run.rewound')`;

/** Key under which a step `s` of run `r` acted: rewinds before it was made have changed it. */
export const keyOfStep = `r.id || case when r.generation = 0 then '' else coalesce((
    select nullif('~' || count(*), '~0') from rewound w where w.run_id = r.id and w.at <= s.created_at), '') end || ':' || s.state || ':' || s.path`;

/** Whether the retention policy has removed what the step of `v` took or gave. */
export const isPruned = `((v.input ? 'sha256' and v.input @> '{"pruned": true}') or (v.output ? 'sha256' and v.output @> '{"pruned": true}'))`;

// The run itself, and those that its steps called. Of a called run everything is taken back with the step that called it.
const sql = `
  with recursive tree as (
    select r.id, $2::int as after from run r where r.id = $1
    union all
    select c.id, 0 from tree t join step s on s.run_id = t.id and (s.seq is null or s.seq > t.after) and not s.inherited
      join run c on c.parent_step_id = s.id),
  ${rewoundOf('select id from tree')},
  candidate as (
    select s.id, s.run_id, r.program_id, r.graph_id, s.state, s.path, s.status, s.outcome, s.cost_micros, s.seq, s.ended_at, ${keyOfStep} as key
      from tree t join run r on r.id = t.id join step s on s.run_id = r.id
     where (s.seq is null or s.seq > t.after) and not s.inherited and s.status in ('done', 'failed', 'cancelled') and s.state not like '$end%'),
  acted as (
    select c.*, exists (select from undo_item i where i.step_id = c.id and i.status in ('reverted', 'offered', 'pending', 'running')) as undone,
           (select jsonb_agg(jsonb_build_object('kind', e.kind, 'status', e.status, 'intent', e.intent, 'receipt', e.receipt) order by e.intent_at, e.key)
              from effect e
             where e.step_id = c.id and e.key not like 'undo:%' and e.status in ('done', 'unknown', 'intended') and e.undone_at is null
               and not (e.kind = 'http' and e.status = 'done' and (e.receipt->>'status')::int between 400 and 499)) as effects
      from candidate c)
  select a.id::text as "stepId", a.run_id::text as "runId", a.program_id::text as "programId", a.graph_id::text as "graphId", a.state, a.path, a.status,
         a.outcome, a.cost_micros::text as "spentMicros", coalesce(a.effects, '[]') as effects, a.undone,
         exists (select from step_value v where v.step_id = a.id and ${isPruned}) as pruned
    from acted a
   where a.undone or a.effects is not null
      or exists (select from entity_change x where x.effect_key = a.key)
      or exists (select from memory_item m where m.effect_key = a.key)
      or exists (select from inbox_event v where v.dedupe_key = a.key and v.project_id = $3)
   order by a.ended_at desc, a.seq desc nulls first, a.id desc`;

type Row = Omit<ActedStep, 'spentMicros'> & { spentMicros: string; undone: boolean };

/** The steps of a run, and of the runs it called, that acted after the event `toSeq`: the newest first. */
export async function actedSteps(
  query: Query,
  { runId, projectId, toSeq }: { runId: string; projectId: string; toSeq: number },
): Promise<Acted> {
  const rows = await query<Row>(sql, [runId, toSeq, projectId]);
  return {
    steps: rows
      .filter(({ undone }) => !undone)
      .map(({ undone: _, spentMicros, ...step }) => ({ ...step, spentMicros: Number(spentMicros) })),
    alreadyUndone: rows.filter(({ undone }) => undone).length,
  };
}
