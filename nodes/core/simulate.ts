import { evaluateBinding, type ScopeValues } from './bindings.ts';
import type { Json, JsonObject } from './json.ts';
import { innermost, iterationPath, type Path, type Program } from './program.ts';
import { type JoinCounts, settle } from './settle.ts';
import { decide, decideIteration, decideStart, type StepEvent, type Transition } from './step.ts';

export type SimulatedStep = {
  state: string;
  path: Path;
  status: 'ready' | 'waiting' | 'done' | 'failed' | 'cancelled';
  attempt: number;
  outcome: string | null;
  output: Json;
};

export type Simulation = {
  status: 'completed' | 'failed' | 'waiting';
  steps: SimulatedStep[];
  output: JsonObject;
  /** Steps executed, attempts included. */
  executed: number;
};

export type SimulationOptions = {
  trigger: string;
  input: JsonObject;
  /** Answers an activation of a state, in place of the node's effect. */
  respond: (step: { state: string; path: Path; attempt: number; scope: ScopeValues }) => StepEvent;
  /** In [0, 1): picks which ready step goes next, so that every order can be tried. */
  random: () => number;
  /** A program that does more than this is not bounded as the compiler promised. */
  maxSteps: number;
  /** Told after each transition: the step that was executed, all steps so far, and how far joins have come. */
  observe?: (executed: SimulatedStep, steps: SimulatedStep[], joins: JoinCounts) => void;
};

type MapRun = { items: Json[]; next: number; results: { outcome: 'ok' | 'error'; value: Json }[]; finished: number };
type World = {
  program: Program;
  options: SimulationOptions;
  steps: Map<string, SimulatedStep>;
  joins: JoinCounts;
  maps: Map<string, MapRun>;
  output: JsonObject;
  status: 'running' | 'completed' | 'failed';
};

const keyOf = (state: string, path: Path): string => `${path}|${state}`;

/**
 * Runs a program in memory: applies exactly the transitions that `decide` gives, in any order that `random` picks,
 * with retries at once. What the engine does in Postgres is this, so both must come to the same result.
 */
export function simulate(program: Program, options: SimulationOptions): Simulation {
  const world: World = {
    program,
    options,
    steps: new Map(),
    joins: new Map(),
    maps: new Map(),
    output: {},
    status: 'running',
  };
  follow(world, decideStart(program, options.trigger));
  let executed = 0;
  for (let next = pick(world); next; next = pick(world)) {
    executed += 1;
    if (executed > options.maxSteps)
      throw new Error(`More than ${options.maxSteps} steps: the program is not bounded.`);
    execute(world, next);
    options.observe?.(next, [...world.steps.values()], world.joins);
  }
  return {
    status: world.status === 'running' ? 'waiting' : world.status,
    steps: [...world.steps.values()].filter(({ state }) => program.states[state]),
    output: world.output,
    executed,
  };
}

function pick({ steps, status, options }: World): SimulatedStep | undefined {
  if (status !== 'running') return undefined;
  const ready = [...steps.values()].filter((step) => step.status === 'ready');
  return ready[Math.floor(options.random() * ready.length)];
}

function execute(world: World, step: SimulatedStep): void {
  const { program, options } = world;
  const state = program.states[step.state];
  if (!state) {
    endIteration(world, step);
    return;
  }
  step.attempt += 1;
  const finished = world.maps.get(keyOf(step.state, step.path));
  const event: StepEvent = finished
    ? { kind: 'done', outcome: 'done', output: mapOutput(finished) }
    : state.kind === 'trigger'
      ? { kind: 'done', outcome: Object.keys(state.arcs)[0]!, output: options.input }
      : options.respond({
          state: step.state,
          path: step.path,
          attempt: step.attempt,
          scope: scopeOf(world, step.path),
        });
  apply(world, step, decide(program, step, event));
}

function mapOutput({ results }: MapRun): Json {
  const items = results.map(({ outcome, value }, index) =>
    outcome === 'ok' ? { index, outcome, value, error: null } : { index, outcome, value: null, error: value },
  );
  const succeeded = items.filter(({ outcome }) => outcome === 'ok').length;
  return { items, succeeded, failed: items.length - succeeded };
}

function apply(world: World, step: SimulatedStep, transition: Transition): void {
  const { stepStatus, outcome, output, waiting, map, failsIteration, failsRun, runOutput } = transition;
  step.status = stepStatus;
  step.outcome = outcome;
  step.output = output;
  if (waiting?.kind === 'retry') step.status = 'ready';
  if (runOutput !== null && typeof runOutput === 'object' && !Array.isArray(runOutput))
    Object.assign(world.output, runOutput);
  if (map) {
    const run: MapRun = { items: map.items, next: 0, results: [], finished: 0 };
    world.maps.set(keyOf(step.state, step.path), run);
    for (let n = 0; n < Math.min(map.concurrency, map.items.length); n += 1) beginItem(world, step, run);
  }
  if (failsIteration) {
    cancel(world, step.path);
    endItem(world, step.path, { outcome: 'error', value: { ...transition.failure, state: step.state } as Json });
  }
  if (failsRun) {
    cancel(world, null);
    world.status = 'failed';
  }
  follow(world, transition);
}

function beginItem(world: World, step: { state: string; path: Path }, run: MapRun): void {
  const index = run.next;
  run.next += 1;
  follow(world, decideIteration(world.program, step, index));
}

function endIteration(world: World, step: SimulatedStep): void {
  step.status = 'done';
  const at = innermost(step.path)!;
  const result = world.program.states[at.mapId]!.body!.result;
  endItem(world, step.path, {
    outcome: 'ok',
    value: result ? evaluateBinding(result, scopeOf(world, step.path)) : null,
  });
}

function endItem(world: World, path: Path, result: { outcome: 'ok' | 'error'; value: Json }): void {
  const { parent, mapId, index } = innermost(path)!;
  const map = world.steps.get(keyOf(mapId, parent))!;
  const run = world.maps.get(keyOf(mapId, parent))!;
  run.results[index] = result;
  run.finished += 1;
  const { config } = world.program.states[mapId]!;
  if (result.outcome === 'error' && config.onItemError === 'stop') {
    for (let i = 0; i < run.next; i += 1) cancel(world, iterationPath(parent, mapId, i));
    const failure = result.value as { code: 'INTERNAL'; message: string };
    world.maps.delete(keyOf(mapId, parent));
    apply(world, map, decide(world.program, map, { kind: 'failed', failure, retryInMs: null }));
  } else if (run.finished === run.items.length) {
    map.status = 'ready';
  } else if (run.next < run.items.length) {
    beginItem(world, map, run);
  }
}

/** Cancels the live steps of one iteration, those of maps inside it included; with null, of the run. */
function cancel(world: World, path: Path | null): void {
  for (const step of world.steps.values()) {
    const inside = path === null || step.path === path || step.path.startsWith(`${path}/`);
    if (inside && (step.status === 'ready' || step.status === 'waiting')) step.status = 'cancelled';
  }
}

function follow(world: World, transition: Pick<Transition, 'starts' | 'arrivals'>): void {
  const { starts, ended } = settle(world.program, world.joins, transition);
  for (const { state, path } of starts) activate(world, state, path);
  if (ended) world.status = 'completed';
}

function activate({ steps }: World, state: string, path: Path): void {
  if (steps.has(keyOf(state, path))) throw new Error(`State "${state}" was activated twice at "${path}".`);
  steps.set(keyOf(state, path), { state, path, status: 'ready', attempt: 0, outcome: null, output: null });
}

function scopeOf(world: World, path: Path): ScopeValues {
  const nodes: Record<string, Json> = {};
  const scope: ScopeValues = {
    run: { id: 'simulated', input: world.options.input, startedAt: '1970-01-01T00:00:00.000Z' },
    nodes,
  };
  for (const step of world.steps.values())
    if (step.outcome !== null && (step.path === '' || step.path === path || path.startsWith(`${step.path}/`)))
      nodes[step.state] = step.output;
  for (let at = innermost(path); at; at = innermost(at.parent)) {
    const item = world.maps.get(keyOf(at.mapId, at.parent))!.items[at.index]!;
    nodes[at.mapId] = { item, index: at.index };
    if (scope.item === undefined) Object.assign(scope, { item, index: at.index });
  }
  return scope;
}
