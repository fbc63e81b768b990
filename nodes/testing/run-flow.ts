import { evaluateInputs } from '#nodes/core/bindings.ts';
import { calledTrigger } from '#nodes/core/compile/signature.ts';
import type { NodeResult } from '#nodes/core/define-node.ts';
import { retryDelayMs, toNodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Program, State } from '#nodes/core/program.ts';
import type { ChildEnd, Simulation, StepRequest } from '#nodes/core/simulate.ts';
import { play } from '#nodes/core/simulation/play.ts';
import type { StepEvent } from '#nodes/core/step.ts';
import { checkValue } from '#nodes/core/types.ts';
import { loadRun } from '#nodes/runs.gen.ts';
import { createWorld, type World } from './capabilities.ts';

export type FlowRun = {
  program: Program;
  trigger: string;
  input: JsonObject;
  random: () => number;
  /** Programs that it calls, by name. */
  called: Record<string, Program>;
};

/** Runs a program in the simulator with the real node types, in a small world in memory. */
export async function runFlow(flow: FlowRun, world: World = createWorld()): Promise<Simulation> {
  const children = new Map<string, ChildEnd>();
  const playing = play(flow.program, {
    trigger: flow.trigger,
    input: flow.input,
    random: flow.random,
    maxSteps: 1_000,
    startMs: world.state.now,
    receive: ({ name, key }) =>
      [...world.state.events.values()].find((event) => event.name === name && event.key === key) ?? null,
    call: ({ state, path }) => children.get(`${state}|${path}`) ?? null,
    resolve: () => null,
  });
  let next = playing.next();
  while (!next.done) {
    const request = next.value;
    const event = await answer(flow, world, request);
    const end = event.kind === 'call' ? await child(flow, world, event) : null;
    if (end) children.set(`${request.state}|${request.path}`, end);
    next = playing.next(event);
  }
  return next.value;
}

type Call = Extract<StepEvent, { kind: 'call' }>;

/** How the run that is called ends; null while it waits. */
async function child(flow: FlowRun, world: World, { pipeline, input }: Call): Promise<ChildEnd | null> {
  const program = flow.called[pipeline];
  if (!program) throw new Error(`The flow calls "${pipeline}", which it does not list.`);
  const trigger = calledTrigger(program) ?? '';
  const { status, output, failure } = await runFlow({ ...flow, program, trigger, input: input as JsonObject }, world);
  return status === 'waiting' ? null : { status, output, failure };
}

async function answer({ program, random }: FlowRun, world: World, request: StepRequest): Promise<StepEvent> {
  const state = program.states[request.state]!;
  world.state.now = request.nowMs;
  try {
    return checked(state, await run(state, world, request));
  } catch (thrown) {
    const failure = toNodeError(thrown).toFailure();
    return {
      kind: 'failed',
      failure,
      retryInMs: retryDelayMs({ failure, attempt: request.attempt, policy: state.retry, random: random() }),
    };
  }
}

async function run(state: State, world: World, request: StepRequest): Promise<NodeResult> {
  const { default: node } = await loadRun[state.type]!();
  const args = { config: state.config, inputs: evaluateInputs(state, request.scope) };
  const ctx = world.context({
    idempotencyKey: `simulated:${request.state}:${request.path}`,
    attempt: request.attempt,
  });
  return request.woken && node.resume ? await node.resume(ctx, args, request.woken) : await node.run(ctx, args);
}

function checked({ id, outcomeTypes }: State, result: NodeResult): StepEvent {
  if (result.kind !== 'done') return result;
  const problem = checkValue(outcomeTypes[result.outcome]!, result.output);
  if (problem) throw new Error(`"${id}" gave ${problem.got} where ${problem.expected} was promised.`);
  return result;
}
