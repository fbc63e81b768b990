import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { iterationPath, type Program, type State } from '#nodes/core/program.ts';
import { lastSteps } from './deciders.ts';
import type { Found, RunFacts, StepFacts } from './facts.ts';
import { addStep, deciders, idOf, inputsOf, resultsOf, stepGave, stepRan } from './grow-step.ts';
import { addEdge, addNode, addReasons, type Growth } from './growth.ts';
import { reasonOf, reasonsOf } from './reasons.ts';
import { isReplaced, itemStoodIn } from './stood-in.ts';
import { type By, membersOf, type Want, wantsOf } from './wants.ts';

/** Adds what was found for one want, and answers what is wanted next. Pure but for `growth`. */
export function grow(growth: Growth, want: Want, found: Found): Want[] {
  switch (want.of) {
    case 'output': {
      const { step } = found;
      if (!step) return [];
      const id = `output:${idOf(step.at)}:${want.pointer}`;
      const ref = { of: want.of, at: step.at, pointer: want.pointer };
      if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
      return stepGave(growth, step, { by: { from: id, kind: 'gave' }, pointer: want.pointer });
    }
    case 'input':
      return growInput(growth, want, found);
    case 'item':
      return growItem(growth, want, found);
    case 'result':
      return growResult(growth, want, found);
    case 'run-input':
      return growRunInput(growth, want, found);
    case 'step':
      return found.step ? stepRan(growth, found.step, want) : [];
  }
}

type Value = Parameters<typeof addNode>[1];

function addValue(growth: Growth, want: Want, node: Value): boolean {
  const isNew = addNode(growth, node);
  addEdge(growth, want.by, node.id);
  return isNew;
}

const factsOf = ({ value }: Found) => value ?? { sha256: null, bytes: 0, preview: null, removedAt: null };

function growInput(growth: Growth, want: Want & { of: 'input' }, found: Found): Want[] {
  const { step } = found;
  const run = growth.runs.get(want.at.runId);
  const state = run?.program.states[want.at.state];
  if (!step || !run || !state) return [];
  const id = `input:${idOf(want.at)}:${want.pointer}`;
  const ref = { of: want.of, at: want.at, pointer: want.pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  if (step.origin) return [{ ...want, at: step.origin, by: { from: id, kind: 'took' } }];
  const [name] = membersOf(want.pointer);
  const names = name !== undefined && Object.hasOwn(state.inputs, name) ? [name] : Object.keys(state.inputs);
  const edited = reasonsOf(step, run.valuesRemovedAt).filter(({ node }) => node.kind === 'person' && node.edited);
  if (state.kind !== 'gate') addReasons(growth, { id, of: id, reasons: edited });
  return inputsOf(growth, { step, state, pointer: want.pointer, id }, names);
}

/** What an iteration was given: of a loop what the pass before came to, else a part of what the map was given. */
function growItem(growth: Growth, want: Want & { of: 'item' }, found: Found): Want[] {
  const { step } = found;
  const run = growth.runs.get(want.at.runId);
  const state = run?.program.states[want.at.state];
  if (!step || !run || !state) return [];
  const { at, index, pointer } = want;
  const id = `item:${idOf(at)}:${index}:${pointer}`;
  const ref = { of: want.of, at, index, pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  if (state.kind === 'loop' && index > 0)
    return [{ of: 'result', at, index: index - 1, pointer, by: { from: id, kind: 'reads' } }];
  return itemsGave(growth, run, { step, state, want, by: { from: id, kind: 'gave' }, turn: found.turn });
}

type ItemGiven = {
  step: StepFacts;
  state: State;
  want: Want & { of: 'item' };
  by: By;
  turn: Found['turn'];
};

/** The step that gave an iteration its item: of an agent the turn in which its model asked for it. */
function itemsGave(growth: Growth, run: RunFacts, { step, state, want, by, turn }: ItemGiven): Want[] {
  const { at, index, pointer } = want;
  const id = `step:${idOf(at)}:items${turn ? `:${turn.turn}` : ''}`;
  const isNew = addStep(growth, run, { step, id, as: 'items', by, turn: turn?.turn ?? null });
  if (step.origin) return [{ of: 'item', at: step.origin, index, pointer, by: { from: id, kind: 'took' } }];
  const wants = isNew ? deciders(growth, run, { step, id }) : [];
  const taken = itemStoodIn(step, { id, pointer });
  if (taken || isReplaced(step)) return [...wants, ...(taken ?? [])];
  const source = { map: 'items', loop: 'initial' }[state.kind as string];
  const part = state.kind === 'map' ? `/items/${index}${pointer}` : `/initial${pointer}`;
  const names = source === undefined ? Object.keys(state.inputs) : [source];
  const sources = { step, state, pointer: source ? part : '', id };
  const said = turn ? resultsOf(growth, { ...sources, pointer: '' }, turn.before) : [];
  return [...wants, ...inputsOf(growth, sources, names), ...said];
}

/** What an iteration came to: what its last expression read. */
function growResult(growth: Growth, want: Want & { of: 'result' }, found: Found): Want[] {
  const { at, index, pointer } = want;
  const program = growth.runs.get(at.runId)?.program;
  const state = program?.states[at.state];
  const id = `result:${idOf(at)}:${index}:${pointer}`;
  const ref = { of: want.of, at, index, pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  const origin = found.step?.origin;
  if (origin) return [{ ...want, at: origin, by: { from: id, kind: 'took' } }];
  if (!program || !state?.body?.result) return [];
  const path = iterationPath(at.path, at.state, index);
  const read = wantsOf(state.body.result, { runId: at.runId, path, pointer, by: { from: id, kind: 'reads' } });
  return state.kind === 'agent' ? [...read, ...didUnread(growth, program, { runId: at.runId, path, id, state })] : read;
}

type ToolCall = { runId: string; path: string; id: string; state: State };

/** What a tool call did last, as far as its result does not read it: that it was done is what the model was told. */
function didUnread(growth: Growth, program: Program, { runId, path, id, state }: ToolCall): Want[] {
  const outcomes = growth.outcomes.get(`${runId} ${path}`) ?? new Map();
  return lastSteps(program, path, outcomes)
    .filter((last) => !state.body?.resultReads.includes(last))
    .map((last) => ({ of: 'step', at: { runId, state: last, path }, by: { from: id, kind: 'did' } }));
}

/** What a run was started with: by a step of another run, or by its trigger. */
function growRunInput(growth: Growth, want: Want & { of: 'run-input' }, found: Found): Want[] {
  const run = growth.runs.get(want.runId);
  if (!run) return [];
  const { runId, pointer } = want;
  const id = `run-input:${runId}:${pointer}`;
  const ref = { of: want.of, runId, pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  const by: By = { from: id, kind: 'gave' };
  if (run.sameInput && run.forkedFrom)
    return [{ of: 'run-input', runId: run.forkedFrom, pointer, by: { from: id, kind: 'took' } }];
  if (run.inputEdit) addReasons(growth, { id, of: id, reasons: [{ ...reasonOf(run.inputEdit, null, null), at: 0 }] });
  for (const file of filesIn(found.small)) {
    addNode(growth, {
      id: `file:${file.id}`,
      kind: 'file',
      name: file.name,
      bytes: file.bytes,
      fileId: file.id,
      sha256: null,
    });
    addEdge(growth, { from: id, kind: 'because' }, `file:${file.id}`);
  }
  if (run.calledBy) return [{ of: 'input', at: run.calledBy, pointer, by: { ...by, kind: 'reads' } }];
  const { ref: number, pipelineName, version, trigger, startedAt } = run;
  addNode(growth, { id: `run:${runId}`, kind: 'run', runId, ref: number, pipelineName, version, trigger, startedAt });
  addEdge(growth, by, `run:${runId}`);
  return [];
}

function filesIn(value: Json): FileRef[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(filesIn);
  return value.kind === 'file' && typeof value.id === 'string'
    ? [value as FileRef]
    : Object.values(value).flatMap(filesIn);
}
