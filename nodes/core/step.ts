import type { TaskRequest, Wake } from './define-node.ts';
import type { NodeErrorCode, NodeFailure } from './errors.ts';
import type { Json } from './json.ts';
import {
  type Arc,
  type Arrivals,
  type Body,
  innermost,
  iterationEnd,
  iterationPath,
  type Path,
  type Program,
  runEnd,
  type State,
} from './program.ts';

/** Why a step is not running. Every waiting step has one, and the canvas shows it. Times are epoch milliseconds. */
export type WaitReason =
  | { kind: 'approval' }
  | { kind: 'decision' }
  /** It failed for good and the operator is asked what to do. */
  | { kind: 'failure'; failure: NodeFailure }
  | { kind: 'retry'; untilMs: number; failure: NodeFailure }
  | { kind: 'items'; total: number; concurrency: number }
  | { kind: 'passes'; bound: number }
  | { kind: 'timer'; untilMs: number }
  /** A provider takes no more until then; `of`: which model, where. */
  | { kind: 'quota'; of: string; untilMs: number }
  /** Of its kind of work as many calls are under way as may be at once. `untilMs`: when it looks itself, at the latest. */
  | { kind: 'place'; of: string; places: number; untilMs: number }
  /** Its model call travels with a provider's batch; `of`: which model, where. `untilMs`: when it looks itself, at the latest. */
  | { kind: 'batch'; of: string; untilMs: number; trouble?: BatchTrouble }
  | { kind: 'event'; name: string; key: string; untilMs: number | null }
  | { kind: 'child'; pipeline: string; version: number; runId: string | null; untilMs: number | null }
  /** A hard budget has no room for its next model call. */
  | ({ kind: 'budget' } & BudgetHold);

/** Why a provider's batch can be neither sent nor looked at, as the last try told, and since when. */
export type BatchTrouble = {
  code: NodeErrorCode;
  message: string;
  sinceMs: number;
  /** How often the operator has had it looked at since: who is asked anew is told anew. */
  asked: number;
};

/** A model call that did not fit into a hard budget, at the moment when it would have been made. Money is micro-dollars. */
export type BudgetHold = {
  budgetId: string;
  budget: 'run' | 'pipeline' | 'project' | 'day' | 'month';
  /** Which run, day (2026-11-27) or month (2026-11); empty where the budget has no end. */
  period: string;
  limitMicros: number;
  spentMicros: number;
  /** What other calls that were under way may have cost at worst. */
  reservedMicros: number;
  /** What this call may cost at worst. */
  neededMicros: number;
  /** It does not fit whatever the calls under way come to: the operator is asked. Otherwise it waits for them. */
  asks: boolean;
  /** When the next day or month begins. Not a time at which it is woken: that is the budget's matter. */
  renewsAtMs: number | null;
};

/** What happened to a step that was running: the input of a decision. */
export type StepEvent =
  | { kind: 'done'; outcome: string; output: Json }
  | { kind: 'map'; items: Json[]; concurrency: number }
  | { kind: 'loop'; value: Json }
  | { kind: 'wait'; task: TaskRequest }
  | { kind: 'sleep'; wake: Wake }
  | { kind: 'quota'; of: string; wake: Wake }
  | { kind: 'place'; of: string; places: number; wake: Wake }
  /** `asks`: the operator is asked what to do about the trouble. */
  | { kind: 'batch'; of: string; wake: Wake; trouble?: BatchTrouble; asks?: boolean }
  | { kind: 'await-event'; name: string; key: string; wake: Wake | null }
  | { kind: 'call'; pipeline: string; version: number; input: Json; wake: Wake | null }
  | { kind: 'unknown-effect'; failure: NodeFailure; effectKey: string }
  | { kind: 'over-budget'; hold: BudgetHold }
  /** `final`: the operator has decided that it stays failed, so nobody is asked again. */
  | { kind: 'failed'; failure: NodeFailure; retryInMs: number | null; final?: boolean };

/** What the inbox asks about a step: whether to approve, whether it happened, what to do about a failure, a budget or a batch. */
export type StepTask =
  | TaskRequest
  | { kind: 'decision'; failure: NodeFailure; effectKey: string }
  | { kind: 'failure'; failure: NodeFailure }
  | { kind: 'budget'; hold: BudgetHold }
  | { kind: 'batch'; of: string; trouble: BatchTrouble };

/** An arrival at a join, with all that is needed to decide there and then whether it fires. */
export type JoinArrival = {
  join: string;
  path: Path;
  taken: number;
  dead: number;
  edges: number;
  fireAt: number | null;
};

/** What a transition does. The engine persists exactly this, in one commit; the simulator applies exactly this in memory. */
export type Transition = {
  stepStatus: 'done' | 'failed' | 'waiting';
  outcome: string | null;
  output: Json | null;
  failure: NodeFailure | null;
  waiting: WaitReason | null;
  task: StepTask | null;
  /** When the step is woken by the clock: a retry, a timer, or the latest time of another wait. */
  wake: Wake | null;
  /** It goes on when this event comes. */
  event: { name: string; key: string } | null;
  /** A run of another pipeline that starts now; the step goes on when it has ended. */
  call: { pipeline: string; version: number; input: Json } | null;
  starts: { state: string; path: Path }[];
  arrivals: JoinArrival[];
  /** Iterations begin: of a map all its items, `concurrency` at a time; of a loop the first pass. */
  map: { items: Json[]; concurrency: number; loop: boolean } | null;
  /** Ends the iteration that the step belongs to, as failed: its other steps are cancelled. */
  failsIteration: { parent: Path; mapId: string; index: number } | null;
  failsRun: boolean;
  /** Merged into the run's output. */
  runOutput: Json | null;
};

const nothing: Transition = {
  stepStatus: 'done',
  outcome: null,
  output: null,
  failure: null,
  waiting: null,
  task: null,
  wake: null,
  event: null,
  call: null,
  starts: [],
  arrivals: [],
  map: null,
  failsIteration: null,
  failsRun: false,
  runOutput: null,
};

/** The internal step at the end of an iteration has ended; what follows is the map's matter. */
export const iterationEnded: Transition = { ...nothing, outcome: 'ended' };

/**
 * Decides what follows from an event of one running step. Pure; looks at that state and its arcs only, so its cost
 * does not depend on the size of the graph, of a map or of the run's history.
 */
export function decide(program: Program, at: { state: string; path: Path }, event: StepEvent): Transition {
  const state = stateOf(program, at.state);
  switch (event.kind) {
    case 'done':
      return finish(program, state, at.path, event);
    case 'map':
      return event.items.length === 0
        ? finish(program, state, at.path, { outcome: 'done', output: { items: [], succeeded: 0, failed: 0 } })
        : {
            ...nothing,
            stepStatus: 'waiting',
            waiting: { kind: 'items', total: event.items.length, concurrency: event.concurrency },
            map: { items: event.items, concurrency: event.concurrency, loop: false },
          };
    case 'loop':
      return {
        ...nothing,
        stepStatus: 'waiting',
        waiting: { kind: 'passes', bound: bodyOf(state).maxItems },
        map: { items: [event.value], concurrency: 1, loop: true },
      };
    case 'sleep':
      return { ...nothing, ...until(event.wake), waiting: { kind: 'timer', untilMs: event.wake.ms } };
    case 'quota':
      return { ...nothing, ...until(event.wake), waiting: { kind: 'quota', of: event.of, untilMs: event.wake.ms } };
    case 'place': {
      const { kind, of, places, wake } = event;
      return { ...nothing, ...until(wake), waiting: { kind, of, places, untilMs: wake.ms } };
    }
    case 'batch':
      return awaitsBatch(event);
    case 'await-event': {
      const { name, key, wake } = event;
      const waiting: WaitReason = { kind: 'event', name, key, untilMs: wake?.ms ?? null };
      return { ...nothing, ...until(wake), waiting, event: { name, key } };
    }
    case 'call': {
      const { pipeline, version, input, wake } = event;
      const waiting: WaitReason = { kind: 'child', pipeline, version, runId: null, untilMs: wake?.ms ?? null };
      return { ...nothing, ...until(wake), waiting, call: { pipeline, version, input } };
    }
    case 'wait':
      return { ...nothing, stepStatus: 'waiting', waiting: { kind: 'approval' }, task: event.task };
    case 'unknown-effect':
      return {
        ...nothing,
        stepStatus: 'waiting',
        waiting: { kind: 'decision' },
        task: { kind: 'decision', failure: event.failure, effectKey: event.effectKey },
      };
    case 'over-budget': {
      const { hold } = event;
      const task = hold.asks ? { kind: 'budget' as const, hold } : null;
      return { ...nothing, stepStatus: 'waiting', waiting: { kind: 'budget', ...hold }, task };
    }
    case 'failed':
      return fail(program, state, at.path, event);
    default:
      return unreachable(event);
  }
}

/** What starts when a run starts at a trigger: the trigger itself, while the other triggers' branches are dead. */
export function decideStart(program: Program, triggerId: string): Pick<Transition, 'starts' | 'arrivals'> {
  const trigger = program.triggers[triggerId];
  if (!trigger)
    throw new Error(
      `The program has no trigger "${triggerId}"; it has ${Object.keys(program.triggers).join(', ') || 'none'}.`,
    );
  return { starts: [{ state: triggerId, path: '' }], arrivals: arrivalsAt(program, '', trigger.arrivals) };
}

/** What starts when a map begins one more iteration. */
export function decideIteration(
  program: Program,
  at: { state: string; path: Path },
  index: number,
): Pick<Transition, 'starts' | 'arrivals'> {
  const { arc } = bodyOf(stateOf(program, at.state));
  return follow(program, iterationPath(at.path, at.state, index), arc);
}

/** What settles where a join can no longer fire: every edge arrived and the rule is not met. */
export function decideDead(program: Program, join: string, path: Path): JoinArrival[] {
  return arrivalsAt(program, path, program.joins[join]?.ifDead ?? []);
}

/** The k-th taken arrival fires a join; null: it fires when all edges are settled and at least one was taken. */
export function fireAt(program: Program, joinId: string): number | null {
  const rule = program.joins[joinId]?.rule;
  if (!rule) throw new Error(`The program has no join "${joinId}".`);
  switch (rule.kind) {
    case 'all':
      return null;
    case 'any':
      return 1;
    case 'count':
      return rule.count;
    default:
      return unreachable(rule);
  }
}

function awaitsBatch({ of, wake, trouble, asks }: Extract<StepEvent, { kind: 'batch' }>): Transition {
  const waiting: WaitReason = { kind: 'batch', of, untilMs: wake.ms, ...(trouble ? { trouble } : {}) };
  const task = trouble && asks ? { kind: 'batch' as const, of, trouble } : null;
  return { ...nothing, ...until(wake), waiting, task };
}

function finish(program: Program, state: State, path: Path, event: { outcome: string; output: Json }): Transition {
  const arc = state.arcs[event.outcome];
  if (!arc) throw new Error(`State "${state.id}" has no outcome "${event.outcome}".`);
  const runOutput = state.kind === 'output' ? event.output : null;
  return { ...nothing, outcome: event.outcome, output: event.output, runOutput, ...follow(program, path, arc) };
}

function fail(program: Program, state: State, path: Path, event: Extract<StepEvent, { kind: 'failed' }>): Transition {
  const { failure, retryInMs, final } = event;
  if (retryInMs !== null)
    return {
      ...nothing,
      stepStatus: 'waiting',
      failure,
      wake: { kind: 'in', ms: retryInMs },
      waiting: { kind: 'retry', untilMs: retryInMs, failure },
    };
  const output = { code: failure.code, message: failure.message };
  const arc = state.arcs.error;
  if (arc)
    return { ...nothing, stepStatus: 'failed', outcome: 'error', output, failure, ...follow(program, path, arc) };
  if (state.onFailure === 'ask' && !final)
    return {
      ...nothing,
      stepStatus: 'waiting',
      failure,
      waiting: { kind: 'failure', failure },
      task: { kind: 'failure', failure },
    };
  const iteration = innermost(path);
  return { ...nothing, stepStatus: 'failed', failure, failsIteration: iteration, failsRun: iteration === null };
}

function follow(program: Program, path: Path, arc: Arc): Pick<Transition, 'starts' | 'arrivals'> {
  return { starts: arc.start.map((state) => ({ state, path })), arrivals: arrivalsAt(program, path, arc.arrivals) };
}

function arrivalsAt(program: Program, path: Path, arrivals: Arrivals): JoinArrival[] {
  return arrivals.map(({ join, taken, dead }) => {
    const rule = program.joins[join];
    if (!rule) throw new Error(`The program has no join "${join}".`);
    return { join, path, taken, dead, edges: rule.edges, fireAt: fireAt(program, join) };
  });
}

function until(wake: Wake | null): Pick<Transition, 'stepStatus' | 'wake'> {
  return { stepStatus: 'waiting', wake };
}

function bodyOf(state: State): Body {
  if (!state.body) throw new Error(`State "${state.id}" has no body to repeat.`);
  return state.body;
}

function stateOf(program: Program, id: string): State {
  const state = program.states[id];
  if (!state) throw new Error(`The program has no state "${id}".`);
  return state;
}

function unreachable(value: never): never {
  throw new Error(`Not a known kind: ${JSON.stringify(value)}`);
}

export { iterationEnd, runEnd };
