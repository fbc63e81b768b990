import { evaluateInputs } from '#nodes/core/bindings.ts';
import type { AnyNodeRun, Decision, NodeResult, Woken } from '#nodes/core/define-node.ts';
import { NodeError, type NodeFailure, retryDelayMs, toNodeError } from '#nodes/core/errors.ts';
import { endOfIteration, failureOfItems, skippedOutcome } from '#nodes/core/iterations.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { runnableConfig } from '#nodes/core/node-versions.ts';
import { innermost, type Program, type State } from '#nodes/core/program.ts';
import type { StepEvent } from '#nodes/core/step.ts';
import { checkValue } from '#nodes/core/types.ts';
import { definitions } from '#nodes/index.gen.ts';
import { loadRun } from '#nodes/runs.gen.ts';
import { holdOf } from '#server/money/reserve.ts';
import type { Engine } from './advance.ts';
import type { Claimed, ItemEnd, StepValues } from './commit.ts';
import { contextOf } from './context.ts';
import { stepKey } from './effect-ledger.ts';
import { afterItems, afterPasses, endedItems } from './iterations.ts';
import { type Inside, mapAhead } from './map-ahead.ts';
import { asksAnew, putOff, quotaOf } from './put-off.ts';
import { isPassing } from './retried.ts';
import type { Outputs } from './run-ahead.ts';
import type { loadItems, RunFacts } from './run-cache.ts';
import { scopeOf } from './scope.ts';

export type Execution = {
  engine: Pick<Engine, 'pool' | 'adapters' | 'workerId' | 'cache' | 'gate' | 'telling'>;
  claimed: Claimed;
  facts: RunFacts;
  program: Program;
  /** Aborts when the run is cancelled or the worker stops. */
  signal: AbortSignal;
  random: () => number;
  /** What steps of the same path gave that are not stored yet. */
  outputs?: Outputs;
  /** The iteration it belongs to, where that is not stored yet. */
  iteration?: Awaited<ReturnType<typeof loadItems>>;
};

/** What an execution brought: an event for the language to decide on, or the end of an iteration. */
export type Executed =
  | { kind: 'event'; event: StepEvent; values: StepValues; inside?: Inside }
  | { kind: 'item'; end: ItemEnd; values: StepValues };

/** Runs one attempt of one step. Never throws for what the node does: a failure is an event too. */
export async function execute(x: Execution): Promise<Executed> {
  const values: StepValues = { input: null, provenance: [], logs: [] };
  const state = x.program.states[x.claimed.state];
  if (!state) return { kind: 'item', end: await iterationResult(x), values };
  try {
    const event = await runState(x, state, values);
    const whole = event.kind === 'map' && state.kind !== 'agent' ? await mapAhead(x, event) : null;
    if (!whole) return { kind: 'event', event, values };
    return {
      kind: 'event',
      event: { kind: 'done', outcome: 'done', output: whole.output },
      values,
      inside: whole.inside,
    };
  } catch (thrown) {
    const error = toNodeError(thrown);
    // The next attempt gives reasons of its own.
    values.provenance = values.provenance.map((entry) => ({ ...entry, inVain: true }));
    const event = failed(x, state, { error, failure: storedFailure(error, values) });
    return { kind: 'event', event, values: asksAnew(event) ? { ...values, provenance: [] } : values };
  }
}

function storedFailure(error: NodeError, values: StepValues): NodeFailure {
  if (error.cause instanceof Error) values.logs.push({ at: Date.now(), message: `Cause: ${error.cause.message}` });
  return error.toFailure();
}

/** A provider that has put a step off for so long is not waited for any more. */
const longestQuotaMs = 24 * 3_600_000;
const passingMs = 1_000;
const mostPassing = 30;

function failed(x: Execution, state: State, { error, failure }: { error: NodeError; failure: NodeFailure }): StepEvent {
  const { claimed } = x;
  if (error.code === 'EFFECT_UNKNOWN') {
    const details = error.details as { effectKey?: string } | undefined;
    return { kind: 'unknown-effect', failure, effectKey: details?.effectKey ?? stepKey(claimed) };
  }
  const hold = holdOf(error);
  if (hold) return { kind: 'over-budget', hold };
  const later = putOff(failure);
  if (later) return later;
  const { attempt, waitedMs: elapsedMs = 0 } = claimed;
  // The database was away, which says nothing of the step.
  if (error.code === 'INTERNAL' && isPassing(error.cause) && attempt < mostPassing)
    return { kind: 'failed', failure, retryInMs: passingMs };
  const retryInMs = retryDelayMs({ failure, attempt, policy: state.retry, random: x.random(), elapsedMs });
  const held = quotaOf(failure, retryInMs !== null && elapsedMs < longestQuotaMs);
  if (held) return held;
  return { kind: 'failed', failure, retryInMs };
}

async function runState(x: Execution, state: State, values: StepValues): Promise<StepEvent> {
  const { claimed, facts } = x;
  const pinned = facts.mode === 'test' ? facts.pins?.[state.id] : undefined;
  if (pinned && claimed.decision === null) {
    const { whence } = pinned;
    values.provenance.push({ kind: 'pinned', ...(whence ? { whence } : {}) });
    if ('items' in pinned) return itemsPinned(state, pinned.items);
    return { kind: 'done', outcome: pinned.outcome, output: pinned.output };
  }
  const settled = await settledBy(x, state);
  if (settled) return settled;
  if (state.kind === 'trigger')
    return { kind: 'done', outcome: Object.keys(state.outcomeTypes)[0] ?? 'fired', output: facts.input };
  values.input = await inputsOf(x, state);
  const args = { config: runnableConfig(definitions.get(state.type), state), inputs: values.input };
  return state.effect === 'pure'
    ? checked(state, await runNode(x, state, { args, values, signal: x.signal }))
    : await x.engine.gate.through(() => runInTime(x, state, { args, values }));
}

/** A map or a loop whose items are given: the body runs for them alone. */
function itemsPinned({ kind }: State, items: Json[]): StepEvent {
  return kind === 'loop' ? { kind: 'loop', value: items[0] ?? null } : { kind: 'map', items, concurrency: 1 };
}

/** What the decision with which a step goes on settles without its node. */
async function settledBy(x: Execution, state: State): Promise<StepEvent | null> {
  const { decision } = x.claimed;
  switch (decision?.kind) {
    case 'items-done':
      if (state.kind === 'agent') return null;
      return state.kind === 'loop' ? await afterPasses(x, decision.limit === true) : await afterItems(x);
    case 'item-failed': {
      const last = decision.failure ?? null;
      const failed = (state.body?.tolerates ?? 0) + 1;
      const failure = state.body && failureOfItems(state.body, { failed, last });
      return { kind: 'failed', failure: failure ?? (last as NodeFailure), retryInMs: null };
    }
    case 'stop':
      return { kind: 'failed', failure: decision.failure as NodeFailure, retryInMs: null, final: true };
    case 'skip':
      return checked(state, { kind: 'done', outcome: skippedOutcome(state), output: decision.value ?? null });
    default:
      return null;
  }
}

async function inputsOf(x: Execution, state: State): Promise<JsonObject> {
  const edited = await editedInput(x);
  if (edited === null)
    return evaluateInputs(state, await scopeOf(x, { reads: state.reads, bindings: Object.values(state.inputs) }));
  const inputs = Object.fromEntries(
    Object.entries(edited).map(([name, value]) => [name, { kind: 'value' as const, value, reads: [] }]),
  );
  return evaluateInputs({ ...state, inputs }, { run: { id: '', input: {}, startedAt: '' }, nodes: {} });
}

/** With what the operator last had the step tried again, or null: it holds for every later attempt, whatever it waited for. */
async function editedInput({ claimed, engine }: Execution): Promise<JsonObject | null> {
  const { decision, attempt, stepId } = claimed;
  if (decision?.kind === 'retry' && decision.input !== undefined) return decision.input as JsonObject;
  // Only what has failed is edited.
  if (attempt === 1) return null;
  const { rows } = await engine.pool.query<{ input: JsonObject }>({
    name: 'edited_input',
    text: `select decision->'input' as input from task where step_id = $1 and kind = 'failure' and decision ? 'input' order by decided_at desc limit 1`,
    values: [stepId],
  });
  return rows[0]?.input ?? null;
}

type Call = { args: { config: JsonObject; inputs: JsonObject }; values: StepValues };

async function runInTime(x: Execution, state: State, call: Call): Promise<StepEvent> {
  const limit = AbortSignal.timeout(state.timeoutMs);
  try {
    return checked(state, await runNode(x, state, { ...call, signal: AbortSignal.any([x.signal, limit]) }));
  } catch (error) {
    const unknown = error instanceof NodeError && error.code === 'EFFECT_UNKNOWN';
    if (!limit.aborted || x.signal.aborted || unknown) throw error;
    throw new NodeError('TIMEOUT', `No answer within ${state.timeoutMs / 1000} s.`, { cause: error });
  }
}

async function runNode(x: Execution, state: State, call: Call & { signal: AbortSignal }): Promise<NodeResult> {
  const node = loaded.get(state.type) ?? (await loadNode(state.type));
  const ctx = contextOf(x, call.signal, call.values);
  if (state.kind === 'agent' && node.resume) {
    // Each attempt goes on from there: what its tools did is done.
    const items = await endedItems(x);
    return items.length > 0
      ? await node.resume(ctx, call.args, { kind: 'items', items })
      : await node.run(ctx, call.args);
  }
  const { decision } = x.claimed;
  if (decision?.kind === 'decision' && node.decide)
    return await node.decide(ctx, call.args, decision.decision as unknown as Decision);
  const woken = decision?.kind === 'timer' || decision?.kind === 'event' || decision?.kind === 'child';
  if (woken && node.resume) return await node.resume(ctx, call.args, decision as unknown as Woken);
  return await node.run(ctx, call.args);
}

const loaded = new Map<string, AnyNodeRun>();

/** The effect of a node type, loaded when it is first needed and kept: an import costs more than most pure nodes. */
async function loadNode(type: string): Promise<AnyNodeRun> {
  const load = loadRun[type];
  if (!load) throw new NodeError('CONFIG_INVALID', `This software has no node type "${type}".`);
  const node = (await load()).default;
  loaded.set(type, node);
  return node;
}

function checked(state: State, result: NodeResult): StepEvent {
  if (result.kind !== 'done') return result;
  const type = state.outcomeTypes[result.outcome];
  if (!type)
    throw new NodeError(
      'OUTPUT_INVALID',
      `The node answered the outcome "${result.outcome}", which it does not declare.`,
    );
  const problem = checkValue(type, result.output);
  if (problem)
    throw new NodeError(
      'OUTPUT_INVALID',
      `Output ${problem.path || 'as a whole'}: expected ${problem.expected}, got ${problem.got}.`,
    );
  return { kind: 'done', outcome: result.outcome, output: result.output };
}

/** The result of an iteration at its end, and for a loop whether there is another pass. */
export async function iterationResult(x: Execution): Promise<ItemEnd> {
  const { claimed, program } = x;
  try {
    const at = innermost(claimed.path);
    const body = at ? program.states[at.mapId]?.body : null;
    if (!body) throw new NodeError('INTERNAL', `The program has no state "${claimed.state}".`);
    const bindings = [body.result, body.again].filter((binding) => binding !== null);
    const { result, again } = endOfIteration(body, await scopeOf(x, { reads: body.resultReads, bindings }));
    return { outcome: 'ok', result, ...(body.again ? { again } : {}) };
  } catch (thrown) {
    if (isPassing(thrown)) throw thrown;
    return { outcome: 'error', result: { ...toNodeError(thrown).toFailure(), state: claimed.state } };
  }
}
