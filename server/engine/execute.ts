import type { Pool } from 'pg';
import { evaluateBinding, evaluateInputs, type ScopeValues } from '#nodes/core/bindings.ts';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { AnyNodeRun, Decision, NodeContext, NodeResult } from '#nodes/core/define-node.ts';
import { NodeError, type NodeFailure, retryDelayMs, toNodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { iterationEnd, type Program, type State } from '#nodes/core/program.ts';
import type { StepEvent } from '#nodes/core/step.ts';
import { checkValue } from '#nodes/core/types.ts';
import { loadRun } from '#nodes/runs.gen.ts';
import type { Adapters } from '#server/adapters/compose.ts';
import { createCapabilities } from '#server/adapters/compose.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import type { Claimed, StepLog, StepValues } from './commit.ts';
import { effectLedger, stepKey } from './effect-ledger.ts';
import { loadItems, loadOutputs, loadSpend, type RunFacts } from './run-cache.ts';

export type Execution = {
  pool: Pool;
  adapters: Adapters;
  workerId: string;
  claimed: Claimed;
  facts: RunFacts;
  program: Program;
  /** Aborts when the run is cancelled or the worker stops. */
  signal: AbortSignal;
  random: () => number;
};

/** What an execution brought: an event for the language to decide on, or the end of an iteration. */
export type Executed =
  | { kind: 'event'; event: StepEvent; values: StepValues }
  | { kind: 'item'; outcome: 'ok' | 'error'; result: Json; values: StepValues };

/** Runs one attempt of one step. Never throws for what the node does: a failure is an event too. */
export async function execute(x: Execution): Promise<Executed> {
  const record: StepValues = { input: null, provenance: [], logs: [] };
  const state = x.program.states[x.claimed.state];
  try {
    if (!state) return await endIteration(x, record);
    const event = await runState(x, state, record);
    return { kind: 'event', event, values: record };
  } catch (thrown) {
    const error = toNodeError(thrown);
    const failure = storedFailure(error, record);
    if (!state)
      return { kind: 'item', outcome: 'error', result: { ...failure, state: x.claimed.state }, values: record };
    return { kind: 'event', event: failed(x, state, error, failure), values: record };
  }
}

function storedFailure(error: NodeError, record: StepValues): NodeFailure {
  const failure = error.toFailure();
  if (error.cause instanceof Error) record.logs.push({ at: Date.now(), message: `Cause: ${error.cause.message}` });
  return failure;
}

function failed(x: Execution, state: State, error: NodeError, failure: NodeFailure): StepEvent {
  if (error.code === 'EFFECT_UNKNOWN') {
    const details = error.details as { effectKey?: string } | undefined;
    return { kind: 'unknown-effect', failure, effectKey: details?.effectKey ?? stepKey(x.claimed) };
  }
  return { kind: 'failed', failure, retryInMs: retryDelayMs(failure, x.claimed.attempt, state.retry, x.random()) };
}

async function runState(x: Execution, state: State, record: StepValues): Promise<StepEvent> {
  const resumed = x.claimed.decision;
  if (resumed?.kind === 'items-done') return await mapDone(x);
  if (resumed?.kind === 'item-failed' || resumed?.kind === 'stop') {
    return { kind: 'failed', failure: resumed.failure as NodeFailure, retryInMs: null };
  }
  if (state.kind === 'trigger')
    return { kind: 'done', outcome: Object.keys(state.outcomeTypes)[0] ?? 'fired', output: x.facts.input };

  const inputs = evaluateInputs(state, await scopeOf(x, state.reads));
  record.input = inputs;
  const load = loadRun[state.type];
  if (!load) throw new NodeError('CONFIG_INVALID', `This software has no node type "${state.type}".`);
  const node: AnyNodeRun = (await load()).default;
  const limit = AbortSignal.timeout(state.timeoutMs);
  const ctx = contextOf(x, AbortSignal.any([x.signal, limit]), record);
  const args = { config: state.config, inputs };
  try {
    const result =
      resumed?.kind === 'decision' && node.decide
        ? await node.decide(ctx, args, resumed.decision as unknown as Decision)
        : await node.run(ctx, args);
    return checked(state, result);
  } catch (error) {
    if (!limit.aborted || x.signal.aborted) throw error;
    const unknown = error instanceof NodeError && error.code === 'EFFECT_UNKNOWN';
    if (unknown) throw error;
    throw new NodeError('TIMEOUT', `No answer within ${state.timeoutMs / 1000} s.`, { cause: error });
  }
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

async function scopeOf(x: Execution, reads: string[]): Promise<ScopeValues> {
  const { claimed, facts } = x;
  const [outputs, items, spendMicros] = await Promise.all([
    loadOutputs(x.pool, claimed.runId, claimed.path, reads),
    loadItems(x.pool, claimed.runId, claimed.path),
    loadSpend(x.pool, claimed.runId),
  ]);
  return {
    run: { id: facts.runId, input: facts.input, startedAt: facts.startedAt, spendMicros },
    nodes: { ...items.byMap, ...outputs },
    ...(items.index === undefined ? {} : { item: items.item ?? null, index: items.index }),
  };
}

function contextOf(x: Execution, signal: AbortSignal, record: StepValues): NodeContext {
  const explain = (entry: Provenance): void => void record.provenance.push(entry);
  const { claimed, facts } = x;
  const scope: StepScope = {
    projectId: facts.projectId,
    runId: BigInt(claimed.runId),
    stepId: BigInt(claimed.stepId),
    workerId: BigInt(x.workerId),
    state: claimed.state,
    path: claimed.path,
    attempt: claimed.attempt,
    key: stepKey(claimed),
    signal,
    explain,
    effects: effectLedger(x.pool, x.workerId, claimed),
    settings: facts.settings,
    db: x.pool,
  };
  return {
    ...createCapabilities(x.adapters, scope),
    signal,
    idempotencyKey: scope.key,
    attempt: claimed.attempt,
    now: Date.now,
    explain,
    log: (message: string, data?: JsonObject) =>
      void record.logs.push({ at: Date.now(), message, ...(data ? { data } : {}) } satisfies StepLog),
  };
}

/** All iterations of a map have ended: its output lists them in the order of the items. */
async function mapDone(x: Execution): Promise<StepEvent> {
  const { rows } = await x.pool.query<{ index: number; outcome: 'ok' | 'error'; result: Json }>(
    'select index, outcome, result from map_item where step_id = $1 order by index',
    [x.claimed.stepId],
  );
  const items = rows.map(({ index, outcome, result }) =>
    outcome === 'ok' ? { index, outcome, value: result, error: null } : { index, outcome, value: null, error: result },
  );
  const succeeded = items.filter((item) => item.outcome === 'ok').length;
  return { kind: 'done', outcome: 'done', output: { items, succeeded, failed: items.length - succeeded } };
}

/** The internal step after the last step of an iteration: evaluates the map's result for this item. */
async function endIteration(x: Execution, values: StepValues): Promise<Executed> {
  const map = Object.values(x.program.states).find((state) => iterationEnd(state.id) === x.claimed.state);
  if (!map?.body) throw new NodeError('INTERNAL', `The program has no state "${x.claimed.state}".`);
  const { result, resultReads } = map.body;
  const value = result === null ? null : evaluateBinding(result, await scopeOf(x, resultReads));
  return { kind: 'item', outcome: 'ok', result: value, values };
}
