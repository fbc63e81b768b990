import type { Pool } from 'pg';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { innermost } from '#nodes/core/program.ts';
import type { JoinArrival, Transition } from '#nodes/core/step.ts';
import { reachSoon } from './faults.ts';
import { createGroup, type Group } from './group.ts';
import type { Inside } from './map-ahead.ts';
import { isDataError, retried } from './retried.ts';
import type { Ahead, Finished } from './run-ahead.ts';
import { factsColumns, factsTables, type RunCache, type StoredFacts } from './run-cache.ts';
import { storable } from './storable.ts';

/** A step that this worker holds. `decision` is set where it goes on after a wait. */
export type Claimed = {
  runId: string;
  stepId: string;
  state: string;
  path: string;
  attempt: number;
  decision: { kind: string; [key: string]: Json } | null;
  /** Pure and begun without a lease: its commit claims and finishes it at once. */
  fresh?: boolean;
  /** How often the run was rewound. */
  generation?: number;
  /** Milliseconds since its first attempt began, by the database's clock. */
  waitedMs?: number;
  /** Its effect is taken back: the item of the undo, and the key of what that does outside. */
  undo?: { undoId: string; ord: number; key: string };
};

export type StepLog = { at: number; message: string; data?: JsonObject };
export type StepValues = { input: JsonObject | null; provenance: Provenance[]; logs: StepLog[] };

/** How an iteration ended. `again`: a loop has another pass. */
export type ItemEnd = { outcome: 'ok' | 'error'; result: Json; again?: boolean };

export type Commit = {
  workerId: string;
  claimed: Claimed;
  transition: Transition;
  values: StepValues;
  /** How many successors this worker takes on in the same commit. */
  keep: number;
  /** How long the step took since it was claimed. */
  ms?: number;
  /** Pure steps that followed it in memory, and what is left to begin and to settle after them all. */
  ahead?: Pick<Ahead, 'more' | 'starts' | 'arrivals'>;
  /** A map whose iterations were done in memory. */
  inside?: Inside;
  /** With a map or loop transition: how its iterations begin. With `item`: how those around it do. */
  mapBody?: MapBody;
  /** This commit ends the iteration of its path. */
  item?: ItemEnd;
  /** With a task: the single-use token, and what the inbox calls it where the node does not say. */
  task?: { token: string; title: string; subject: string };
};

export type MapBody = {
  starts: string[];
  arrivals: Omit<JoinArrival, 'path'>[];
  tolerates: number | null;
  loop: boolean;
  bound: number;
  /** With the transition that begins a map: how many iterations are under way at once. Kept for its checkpoints. */
  concurrency?: number;
};

export type Committed =
  | { ok: true; next: Claimed[] }
  /** Another worker owns the step by now, or the run has ended: nothing was written. */
  | { ok: false };

type Claim = { workerId: string; stepId: string };

/** Steps and transitions of one worker on their way to the database: those that are ready together travel together. */
export type Writer = {
  look: Group<string, Claimed | null>;
  claim: Group<Claim, Claimed | null>;
  commit: Group<Commit, Committed>;
};

const most = 256;
const lanes = 2;

/** Makes the writer of a worker. Connections that break are tried again: a transition that was written all the same is refused then. */
export function createWriter(pool: Pool, learn: RunCache['learn']): Writer {
  return {
    look: createGroup({ flush: (stepIds: string[]) => lookAll(pool, stepIds, learn), most, lanes }),
    claim: createGroup({ flush: (claims: Claim[]) => claimAll(pool, claims), most, lanes }),
    commit: createGroup({ flush: (commits: Commit[]) => commitAll(pool, commits), most, lanes, divide: isDataError }),
  };
}

/** Takes one step for a worker. Null: somebody else has it, or there is nothing to do. */
export async function claim(pool: Pool, stepId: string, workerId: string): Promise<Claimed | null> {
  return (await claimAll(pool, [{ workerId, stepId }]))[0] ?? null;
}

/** Writes one transition. */
export async function commit(pool: Pool, one: Commit): Promise<Committed> {
  return (await commitAll(pool, [one]))[0] as Committed;
}

async function claimAll(pool: Pool, claims: Claim[]): Promise<(Claimed | null)[]> {
  const { rows } = await retried(() =>
    pool.query<{ c: Claimed[] }>({
      name: 'sg_claim',
      text: 'select sg_claim($1::bigint, $2::bigint[]) as c',
      values: [claims[0]?.workerId, claims.map(({ stepId }) => stepId)],
    }),
  );
  const byStep = new Map(rows[0]?.c.map((claimed) => [claimed.stepId, claimed]));
  return claims.map(({ stepId }) => byStep.get(stepId) ?? null);
}

/** Steps that nobody has begun, as they would be claimed; null where there is more to a step than that. Their runs' facts come along. */
async function lookAll(pool: Pool, stepIds: string[], learn: RunCache['learn']): Promise<(Claimed | null)[]> {
  const { rows } = await retried(() =>
    pool.query<StoredFacts & { stepId: string; state: string; path: string; generation: number }>({
      name: 'sg_look',
      text: `select s.id::text as "stepId", s.state, s.path, r.generation, ${factsColumns}
               from step s join ${factsTables.replace('run r', 'run r on r.id = s.run_id')}
              where s.id = any($1::bigint[]) and s.status = 'ready' and s.attempt = 0 and s.decision is null and r.paused_at is null`,
      values: [stepIds],
    }),
  );
  const byStep = new Map(
    rows.map(({ stepId, state, path, generation, ...facts }): [string, Claimed] => {
      learn(facts);
      const { runId } = facts;
      return [stepId, { runId, stepId, state, path, generation, attempt: 1, decision: null, fresh: true }];
    }),
  );
  return stepIds.map((stepId) => byStep.get(stepId) ?? null);
}

type Next = Omit<Claimed, 'runId' | 'generation'>;

async function commitAll(pool: Pool, commits: Commit[]): Promise<Committed[]> {
  const { rows } = await retried(() => {
    reachSoon('in-flush');
    return pool.query<{ c: { ok: number[]; next: Record<string, Next[]> } }>({
      name: 'sg_commit',
      text: 'select sg_commit($1::bigint, $2::bigint[], $3::jsonb, $4) as c',
      values: [
        commits[0]?.workerId,
        [...new Set(commits.map(({ claimed }) => claimed.runId))],
        storable(commits.map(itemOf)),
        Math.max(...commits.map(({ keep }) => keep)),
      ],
    });
  });
  const answer = rows[0]?.c ?? { ok: [], next: {} };
  const accepted = new Set(answer.ok);
  return commits.map(({ claimed: { runId, generation } }, ord) => {
    if (!accepted.has(ord)) return { ok: false };
    const next = answer.next[ord] ?? [];
    return { ok: true, next: next.map((one) => ({ ...one, runId, ...(generation ? { generation } : {}) })) };
  });
}

/** A commit as `sg_commit` reads it: steps that are done as a bundle, any other transition as a whole. */
function itemOf(c: Commit, ord: number): JsonObject {
  const { claimed, transition: t, mapBody, item, task, values } = c;
  const base = {
    ord,
    run: claimed.runId,
    step: claimed.stepId,
    attempt: claimed.attempt,
    stay: c.keep > 0,
    ...(claimed.fresh ? { fresh: true } : {}),
  };
  if (!isBundle(c)) {
    const value = storedValue(t, values);
    return { ...base, other: { transition: t, value, mapBody, item, task } as unknown as JsonObject };
  }
  const { more = [], starts = t.starts.map(({ state }) => state), arrivals = t.arrivals } = c.ahead ?? {};
  const steps: Finished[] = [
    { state: claimed.state, transition: t, values, ...(c.inside ? { inside: c.inside } : {}) },
    ...more,
  ];
  const outputs = steps.flatMap(({ transition }) => transition.runOutput ?? []);
  const told = toldOf(claimed, steps);
  told.events[0] = ended(claimed, { state: claimed.state, t, ms: (claimed.waitedMs ?? 0) + (c.ms ?? 0) });
  return {
    ...base,
    status: t.stepStatus,
    outcome: t.outcome,
    ...told,
    ...(t.failure ? { failure: t.failure as unknown as JsonObject } : {}),
    ...(starts.length > 0 ? { starts } : {}),
    ...(arrivals.length > 0 ? { arrivals } : {}),
    ...(outputs.length > 0 ? { runOutput: Object.assign({}, ...outputs) } : {}),
    ...(item ? { item: endOf(claimed.path, item) } : {}),
  };
}

/** The events of steps that are done, in order, with what is to be stored of them and of maps by the place of the event. */
function toldOf({ path }: Pick<Claimed, 'path'>, steps: Finished[]): { events: Json[]; values?: Json; maps?: Json } {
  const events: Json[] = [];
  const values: JsonObject = {};
  const maps: JsonObject = {};
  const tell = (at: string, { state, transition, values: taken }: Finished): number => {
    const place = events.push(ended({ path: at }, { state, t: transition, ms: 0 })) - 1;
    const value = storedValue(transition, taken);
    if (value) values[place] = value;
    return place;
  };
  for (const step of steps) {
    const place = tell(path, step);
    if (!step.inside) continue;
    const { items, results } = step.inside;
    for (const inner of step.inside.steps) tell(inner.path, inner);
    maps[place] = { items, results };
    const counts = { total: items.length, finished: items.length, failed: 0 };
    events.push({ kind: 'map.progress', data: { state: step.state, path, ...counts } });
  }
  return {
    events,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(Object.keys(maps).length > 0 ? { maps } : {}),
  };
}

type Ended = { state: string; t: Transition; ms: number };

function ended({ path }: Pick<Claimed, 'path'>, { state, t, ms }: Ended): JsonObject {
  const { stepStatus, outcome, failure } = t;
  const data = {
    state,
    path,
    outcome,
    ms: Math.round(ms),
    ...(failure ? { failure: failure as unknown as Json } : {}),
  };
  return { kind: `step.${stepStatus}`, data };
}

/** A step that is done without more ado. What the step at an iteration's end brings is written one by one. */
function isBundle({ transition, item, ahead }: Commit): boolean {
  return isPlain(transition) && (!item || ahead !== undefined);
}

/** Whether a transition only finishes its step and says what follows. */
export function isPlain({ stepStatus, failsRun, failsIteration }: Transition): boolean {
  return stepStatus !== 'waiting' && !failsRun && !failsIteration;
}

function endOf(path: string, { result }: ItemEnd): JsonObject {
  const at = innermost(path);
  if (!at) throw new Error('An iteration can end within a map only.');
  return { map: at.mapId, parent: at.parent, index: at.index, result };
}

const isEmpty = (value: Json): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** Nothing is stored for a step that took nothing, gave nothing and has nothing to explain. */
function storedValue({ output, outcome }: Transition, values: StepValues): JsonObject | null {
  const { input, provenance, logs } = values;
  const nothing = isEmpty(output) || (output === null && outcome === null);
  if ((input === null || isEmpty(input)) && nothing && provenance.length === 0 && logs.length === 0) return null;
  return { input, output, provenance: provenance as unknown as Json, logs: logs as unknown as Json };
}
