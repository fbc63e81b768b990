import { evaluateInputs } from '#nodes/core/bindings.ts';
import type { AnyNodeRun, NodeContext, TaskRequest } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { runnableConfig } from '#nodes/core/node-versions.ts';
import type { Program, State } from '#nodes/core/program.ts';
import { checkValue } from '#nodes/core/types.ts';
import { definitions } from '#nodes/index.gen.ts';
import { loadRun } from '#nodes/runs.gen.ts';
import type { Engine } from '../advance.ts';
import { contextOf } from '../context.ts';
import type { Execution } from '../execute.ts';
import type { RunFacts } from '../run-cache.ts';
import { scopeOf } from '../scope.ts';
import type { UndoItem, UndoneStep } from './undone-step.ts';

/** What became of an item, to be stored. `offered`: the operator decides. */
export type Taken =
  | { status: 'reverted'; result: JsonObject }
  | { status: 'offered'; result: JsonObject; task: TaskRequest | null };

export type Compensation = {
  engine: Engine;
  item: UndoItem;
  step: UndoneStep;
  facts: RunFacts;
  program: Program;
  state: State;
  signal: AbortSignal;
};

/**
 * Takes the effect of one finished step back: by the node that was drawn for it, else as its node type knows. Its own
 * effects have records of their own, so that none happens twice however often this is begun. Errors: NodeError.
 */
export async function compensate(c: Compensation): Promise<Taken> {
  const { program, state } = c;
  const drawn = state.undo === null ? null : program.states[state.undo];
  return drawn ? await runDrawn(c, drawn) : await runDeclared(c);
}

async function runDeclared(c: Compensation): Promise<Taken> {
  const { state, item, step } = c;
  const node = await loadNode(state.type);
  const args = { config: runnableConfig(definitions.get(state.type), state), inputs: step.input };
  const ctx = contextFor(c, state);
  if (item.decision) {
    if (!node.compensateDecided) throw cannotBeUndone(state);
    const mended = await node.compensateDecided(ctx, args, item.decision);
    return { status: 'offered', result: { mended }, task: null };
  }
  if (!node.compensate) throw cannotBeUndone(state);
  const { key, outcome, output, receipts } = step;
  const done = await node.compensate(ctx, args, { key, outcome, output, receipts });
  switch (done.kind) {
    case 'reverted':
      return { status: 'reverted', result: { summary: done.summary, details: done.details ?? {} } };
    case 'offered':
      return { status: 'offered', result: { summary: done.summary }, task: done.task };
  }
}

async function runDrawn(c: Compensation, drawn: State): Promise<Taken> {
  const x = asExecution(c, drawn);
  const scope = await scopeOf(x, { reads: drawn.reads, bindings: Object.values(drawn.inputs) });
  const node = await loadNode(drawn.type);
  const config = runnableConfig(definitions.get(drawn.type), drawn);
  const result = await node.run(contextFor(c, drawn), { config, inputs: evaluateInputs(drawn, scope) });
  if (result.kind !== 'done')
    throw new NodeError('UNDO_FAILED', `"${drawn.id}" waits for something, which it cannot do in an undo.`);
  const type = drawn.outcomeTypes[result.outcome];
  const problem = type && checkValue(type, result.output);
  if (problem)
    throw new NodeError('OUTPUT_INVALID', `Output ${problem.path}: expected ${problem.expected}, got ${problem.got}.`);
  const summary = `"${drawn.id}" ended with "${result.outcome}".`;
  return { status: 'reverted', result: { summary, details: { output: result.output } } };
}

async function loadNode(type: string): Promise<AnyNodeRun> {
  const load = loadRun[type];
  if (!load) throw new NodeError('UNDO_FAILED', `This software has no node type "${type}" any more.`);
  return (await load()).default;
}

function cannotBeUndone({ id, type }: State): NodeError {
  return new NodeError('UNDO_FAILED', `"${id}": a node of the type ${type} does not know how to undo itself.`);
}

/** The step as its compensation runs: as `state`, under the item's lease and a key of its own. */
function asExecution(c: Compensation, state: State): Execution {
  const { engine, facts, program, item, step, signal } = c;
  const { undoId, ord, stepId, path, attempt } = item;
  const undo = { undoId, ord, key: `undo:${undoId}:${step.key}` };
  const { runId, generation } = step;
  const claimed = { runId, stepId, state: state.id, path, attempt, decision: null, generation, undo };
  return { engine, claimed, facts, program, signal, random: Math.random };
}

function contextFor(c: Compensation, state: State): NodeContext {
  return contextOf(asExecution(c, state), c.signal, { input: null, provenance: [], logs: [] });
}
