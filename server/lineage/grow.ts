import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { iterationPath } from '#nodes/core/program.ts';
import type { Found } from './facts.ts';
import { addStep, deciders, idOf, inputsOf, isReplaced, stepGave } from './grow-step.ts';
import { addEdge, addNode, addReasons, type Growth } from './growth.ts';
import { reasonsOf } from './reasons.ts';
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
      return found.step ? stepGave(growth, found.step, { by: want.by, pointer: '' }) : [];
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
  const [name] = membersOf(want.pointer);
  const names = name !== undefined && Object.hasOwn(state.inputs, name) ? [name] : Object.keys(state.inputs);
  const edited = reasonsOf(step, run.valuesRemovedAt).filter(({ node }) => node.kind === 'person' && node.edited);
  if (state.kind !== 'gate') addReasons(growth, { id, reasons: edited });
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
  const stepId = `step:${idOf(at)}:items`;
  const isNew = addStep(growth, run, { step, id: stepId, as: 'items', by: { from: id, kind: 'gave' } });
  const wants = isNew ? deciders(growth, run, { step, id: stepId }) : [];
  if (isReplaced(step)) return wants;
  const source = { map: 'items', loop: 'initial' }[state.kind as string];
  const part = state.kind === 'map' ? `/items/${index}${pointer}` : `/initial${pointer}`;
  const names = source === undefined ? Object.keys(state.inputs) : [source];
  return [...wants, ...inputsOf(growth, { step, state, pointer: source ? part : '', id: stepId }, names)];
}

/** What an iteration came to: what its last expression read. */
function growResult(growth: Growth, want: Want & { of: 'result' }, found: Found): Want[] {
  const { at, index, pointer } = want;
  const state = growth.runs.get(at.runId)?.program.states[at.state];
  const id = `result:${idOf(at)}:${index}:${pointer}`;
  const ref = { of: want.of, at, index, pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  if (!state?.body?.result) return [];
  const path = iterationPath(at.path, at.state, index);
  return wantsOf(state.body.result, { runId: at.runId, path, pointer, by: { from: id, kind: 'reads' } });
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
