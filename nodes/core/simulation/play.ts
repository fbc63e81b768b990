import type { EndedItem } from '../define-node.ts';
import { toNodeError } from '../errors.ts';
import {
  afterPass,
  endOfIteration,
  failureOfItems,
  type ItemResult,
  mapOutput,
  skippedOutcome,
} from '../iterations.ts';
import type { Json } from '../json.ts';
import { innermost, iterationPath, type Path, type Program, type State } from '../program.ts';
import { settle } from '../settle.ts';
import { decide, decideIteration, decideStart, type StepEvent, type Transition } from '../step.ts';
import { type Turn, turns } from './turns.ts';
import {
  cancel,
  emptyWorld,
  keyOf,
  type LiveStep,
  type MapRun,
  type Playing,
  type SimulatedStep,
  type StepRequest,
  scopeOf,
  type World,
} from './world.ts';

export type Simulation = {
  status: 'completed' | 'failed' | 'waiting';
  steps: SimulatedStep[];
  output: World['output'];
  /** Why the run failed. */
  failure: World['failure'];
  /** Steps executed, attempts and resumptions included. */
  executed: number;
  elapsedMs: number;
};

/**
 * Runs a program in memory: applies exactly the transitions that `decide` gives, in any order that `random` picks, by a
 * clock that goes on to the next time that something waits for. Yields what a node is asked, and takes its answer.
 */
export function* play(program: Program, options: Playing): Generator<StepRequest, Simulation, StepEvent> {
  const world = emptyWorld(program, options);
  follow(world, decideStart(program, options.trigger));
  let executed = 0;
  for (let turn = pick(world); turn; turn = pick(world)) {
    executed += 1;
    if (executed > options.maxSteps)
      throw new Error(`More than ${options.maxSteps} steps: the program is not bounded.`);
    if (passTime(world, turn)) yield* execute(world, turn);
    options.observe?.(turn.step, [...world.steps.values()], world.joins);
  }
  return {
    status: world.status === 'running' ? 'waiting' : world.status,
    steps: [...world.steps.values()].filter(({ state }) => program.states[state]).map(shown),
    output: world.output,
    failure: world.failure,
    executed,
    elapsedMs: world.nowMs - (options.startMs ?? 0),
  };
}

function shown({ state, path, status, attempt, outcome, output, waiting }: LiveStep): SimulatedStep {
  return { state, path, status, attempt, outcome, output, waiting };
}

function pick(world: World): Turn | undefined {
  if (world.status !== 'running') return undefined;
  const all = turns(world);
  return all[Math.floor(world.options.random() * all.length)];
}

/** Moves the clock; false where the run's own time is up by then. */
function passTime(world: World, { nowMs }: Turn): boolean {
  const start = world.options.startMs ?? 0;
  const { timeoutMs } = world.program.settings;
  if (timeoutMs === null || nowMs < start + timeoutMs) {
    world.nowMs = nowMs;
    return true;
  }
  world.nowMs = start + timeoutMs;
  cancel(world, null);
  world.status = 'failed';
  world.failure = { code: 'RUN_TIMEOUT', message: `The run took longer than ${timeoutMs / 1_000} s.` };
  return false;
}

function* execute(world: World, { step, resumed }: Turn): Generator<StepRequest, void, StepEvent> {
  const state = world.program.states[step.state];
  if (!state) {
    endIteration(world, step);
    return;
  }
  step.attempt += 1;
  step.resumed = null;
  const event = known(world, state, resumed) ?? (yield requestOf(world, { step, resumed, nowMs: world.nowMs }));
  apply(world, step, decide(world.program, step, event));
}

/** What follows without asking the node. */
function known({ options }: World, state: State, resumed: Turn['resumed']): StepEvent | null {
  if (state.kind === 'trigger') return { kind: 'done', outcome: Object.keys(state.arcs)[0]!, output: options.input };
  if (resumed?.kind === 'ended') return { kind: 'done', outcome: resumed.outcome, output: resumed.output };
  if (resumed?.kind !== 'resolved' || resumed.resolution.kind === 'retry') return null;
  if (resumed.resolution.kind === 'skip')
    return { kind: 'done', outcome: skippedOutcome(state), output: resumed.resolution.value };
  const failure = resumed.resolution.failure ?? { code: 'STOPPED', message: 'The operator stopped it.' };
  return { kind: 'failed', failure, retryInMs: null, final: true };
}

function requestOf(world: World, { step, resumed, nowMs }: Turn): StepRequest {
  const { state, path, attempt } = step;
  const retry = resumed?.kind === 'resolved' && resumed.resolution.kind === 'retry' ? resumed.resolution : null;
  return {
    state,
    path,
    attempt,
    nowMs,
    scope: scopeOf(world, path),
    woken: resumed?.kind === 'woken' ? resumed.woken : null,
    decision: resumed?.kind === 'decision' ? resumed.decision : retry,
  };
}

function apply(world: World, step: LiveStep, transition: Transition): void {
  const { stepStatus, outcome, output, map, failsIteration, failsRun, runOutput, wake, task, call } = transition;
  step.status = stepStatus;
  step.outcome = outcome;
  step.output = output;
  step.waiting = transition.waiting;
  step.wakeMs = wake && (wake.kind === 'in' ? world.nowMs + wake.ms : wake.ms);
  step.task = task?.kind === 'approval' ? task : null;
  step.called = call?.input ?? null;
  if (runOutput !== null && typeof runOutput === 'object' && !Array.isArray(runOutput))
    Object.assign(world.output, runOutput);
  if (map) beginItems(world, step, map);
  if (failsIteration) {
    cancel(world, step.path);
    endItem(world, step.path, { outcome: 'error', value: { ...transition.failure, state: step.state } as Json });
  }
  if (failsRun) {
    cancel(world, null);
    world.status = 'failed';
    world.failure = transition.failure;
  }
  follow(world, transition);
}

function beginItems(world: World, step: LiveStep, { items, concurrency }: NonNullable<Transition['map']>): void {
  const known = world.maps.get(keyOf(step.state, step.path));
  const goesOn = known && world.program.states[step.state]!.kind === 'agent';
  if (!goesOn) forget(world, step);
  const run: MapRun = goesOn ? known : { items: [], next: 0, results: [], finished: 0, failed: 0 };
  run.items.push(...items);
  world.maps.set(keyOf(step.state, step.path), run);
  for (let n = 0; n < Math.min(concurrency, items.length); n += 1) beginItem(world, step, run);
}

/** A map that is tried again begins anew. */
function forget(world: World, { state, path }: LiveStep): void {
  const inside = path === '' ? `${state}:` : `${path}/${state}:`;
  for (const kept of [world.steps, world.joins, world.maps])
    for (const key of kept.keys()) if (key.startsWith(inside)) kept.delete(key);
}

function beginItem(world: World, step: { state: string; path: Path }, run: MapRun): void {
  const index = run.next;
  run.next += 1;
  follow(world, decideIteration(world.program, step, index));
}

function endIteration(world: World, step: LiveStep): void {
  step.status = 'done';
  const body = world.program.states[innermost(step.path)!.mapId]!.body!;
  try {
    const { result, again } = endOfIteration(body, scopeOf(world, step.path));
    endItem(world, step.path, { outcome: 'ok', value: result }, again);
  } catch (thrown) {
    const failure = toNodeError(thrown).toFailure();
    endItem(world, step.path, { outcome: 'error', value: { ...failure, state: step.state } as Json });
  }
}

function endItem(world: World, path: Path, result: ItemResult, again = false): void {
  const { parent, mapId, index } = innermost(path)!;
  const map = world.steps.get(keyOf(mapId, parent))!;
  const run = world.maps.get(keyOf(mapId, parent))!;
  const { kind, body } = world.program.states[mapId]!;
  run.results[index] = result;
  run.finished += 1;
  if (result.outcome === 'error') run.failed += 1;
  const failure = result.outcome === 'error' ? failureOfItems(body!, { failed: run.failed, last: result.value }) : null;
  if (failure) {
    for (let i = 0; i < run.next; i += 1) cancel(world, iterationPath(parent, mapId, i));
    apply(world, map, decide(world.program, map, { kind: 'failed', failure, retryInMs: null }));
  } else if (kind === 'loop') {
    const after = afterPass(body!, { index, value: result.value, again });
    if (after.kind === 'end') end(map, after);
    else {
      run.items.push(result.value);
      beginItem(world, map, run);
    }
  } else if (run.finished === run.items.length && kind === 'agent') {
    map.status = 'ready';
    map.resumed = { kind: 'woken', woken: { kind: 'items', items: endedItems(run) } };
  } else if (run.finished === run.items.length) end(map, { outcome: 'done', output: mapOutput(run.results) });
  else if (run.next < run.items.length) beginItem(world, map, run);
}

function endedItems({ items, results }: MapRun): EndedItem[] {
  return results.map(({ outcome, value }, n) => ({ value: items[n]!, outcome, result: value }));
}

function end(map: LiveStep, { outcome, output }: { outcome: string; output: Json }): void {
  map.status = 'ready';
  map.resumed = { kind: 'ended', outcome, output };
}

function follow(world: World, transition: Pick<Transition, 'starts' | 'arrivals'>): void {
  const { starts, ended } = settle(world.program, world.joins, transition);
  for (const { state, path } of starts) activate(world, state, path);
  if (ended) world.status = 'completed';
}

function activate({ steps }: World, state: string, path: Path): void {
  const key = keyOf(state, path);
  if (steps.has(key)) throw new Error(`State "${state}" was activated twice at "${path}".`);
  const waits = { waiting: null, wakeMs: null, task: null, called: null, resumed: null };
  steps.set(key, { state, path, status: 'ready', attempt: 0, outcome: null, output: null, ...waits });
}
