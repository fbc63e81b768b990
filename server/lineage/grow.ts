import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { iterationPath, type State } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { decidersOf } from './deciders.ts';
import type { Found, Outcomes, RunFacts, StepFacts } from './facts.ts';
import { addEdge, addMore, addNode, addReasons, firstTime, type Growth } from './growth.ts';
import { reasonsOf } from './reasons.ts';
import type { Place } from './types.ts';
import { type By, membersOf, pointerOf, type Want, wantsOf } from './wants.ts';

/** What is known of the runs that a lineage goes through, by their id. */
export type Known = { runs: ReadonlyMap<string, RunFacts>; outcomes: ReadonlyMap<string, Outcomes> };

/** Iterations whose results are followed where all of them are meant. */
const shownIterations = 10;

const idOf = ({ runId, state, path }: Place): string => `${runId}:${state}:${path}`;

/** Adds what was found for one want, and answers what is wanted next. Pure but for `growth`. */
export function grow(growth: Growth, known: Known, want: Want, found: Found): Want[] {
  switch (want.of) {
    case 'output': {
      const { step } = found;
      if (!step) return [];
      const id = `output:${idOf(step.at)}:${want.pointer}`;
      const ref = { of: want.of, at: step.at, pointer: want.pointer };
      addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) });
      return stepGave(growth, known, step, { by: { from: id, kind: 'gave' }, pointer: want.pointer });
    }
    case 'input':
      return growInput(growth, known, want, found);
    case 'item':
      return growItem(growth, known, want, found);
    case 'result':
      return growResult(growth, known, want, found);
    case 'run-input':
      return growRunInput(growth, known, want, found);
    case 'step':
      return found.step ? stepGave(growth, known, found.step, { by: want.by, pointer: '' }) : [];
  }
}

type Value = Parameters<typeof addNode>[1];

function addValue(growth: Growth, want: Want, node: Value): boolean {
  const isNew = addNode(growth, node);
  addEdge(growth, want.by, node.id);
  return isNew;
}

const factsOf = ({ value }: Found) => value ?? { sha256: null, bytes: 0, preview: null, removedAt: null };

type Gave = { by: By | null; pointer: string };

/** The step that gave a value: its reasons, who let it run, and what it read for that part of its output. */
function stepGave(growth: Growth, known: Known, step: StepFacts, { by, pointer }: Gave): Want[] {
  const run = known.runs.get(step.at.runId);
  const state = run?.program.states[step.at.state];
  if (!run || !state) return [];
  const id = `step:${idOf(step.at)}`;
  const wants = addStep(growth, run, step, { id, as: 'whole', by });
  if (wants && firstTime(growth, `deciders ${id}`)) wants.push(...deciders(known, run, step, id));
  return [...(wants ?? []), ...sourcesOf(growth, run, { step, state, pointer, id })];
}

type StepNode = { id: string; as: 'whole' | 'items'; by: By | null };

/** Adds the node of a step with its reasons; null where it is there already. */
function addStep(growth: Growth, run: RunFacts, step: StepFacts, { id, as, by }: StepNode): Want[] | null {
  const { at, outcome, attempt, endedAt, inherited, provenance } = step;
  const node = run.graph.nodes.find((one) => one.id === at.state);
  const type = run.program.states[at.state]?.type ?? '';
  const title = node?.title || definitions.get(type)?.title || at.state;
  const removed = Array.isArray(provenance) ? null : { sha256: provenance.sha256, removedAt: run.valuesRemovedAt };
  const isNew = addNode(growth, {
    id,
    kind: 'step',
    at,
    title,
    type,
    outcome,
    attempt,
    endedAt,
    inherited,
    as,
    removed,
  });
  addEdge(growth, by, id);
  if (!isNew) return null;
  addReasons(growth, { id, reasons: reasonsOf(step, run.valuesRemovedAt) });
  return [];
}

function deciders(known: Known, run: RunFacts, step: StepFacts, id: string): Want[] {
  const outcomes = known.outcomes.get(`${step.at.runId} ${step.at.path}`) ?? new Map();
  return decidersOf(run.program, step.at, outcomes).map(({ state, path }) => ({
    of: 'step',
    at: { runId: step.at.runId, state, path },
    by: { from: id, kind: 'decided' },
  }));
}

type Sources = { step: StepFacts; state: State; pointer: string; id: string };

/** What a step read, by its kind. A value that stood in for it came from nothing else. */
function sourcesOf(growth: Growth, run: RunFacts, at: Sources): Want[] {
  const { step, state, pointer, id } = at;
  if (isReplaced(step)) return [];
  switch (state.kind) {
    case 'trigger': {
      const by: By = { from: id, kind: 'reads' };
      return [{ of: 'run-input', runId: run.runId, pointer, by }];
    }
    case 'map':
    case 'loop':
      return step.iterations > 0 ? resultsOf(growth, at) : inputsOf(growth, at, Object.keys(state.inputs));
    case 'agent':
      return [...inputsOf(growth, at, Object.keys(state.inputs)), ...resultsOf(growth, at)];
    case 'call':
      return step.childRunId === null
        ? inputsOf(growth, at, Object.keys(state.inputs))
        : [
            {
              of: 'output',
              at: { runId: step.childRunId, state: '', path: '' },
              pointer,
              by: { from: id, kind: 'reads' },
            },
          ];
    case 'gate':
    case 'output': {
      const [name] = membersOf(pointer);
      if (name !== undefined && Object.hasOwn(state.inputs, name)) return inputsOf(growth, at, [name]);
      return inputsOf(growth, { ...at, pointer: '' }, Object.keys(state.inputs));
    }
    default:
      return inputsOf(growth, { ...at, pointer: '' }, Object.keys(state.inputs));
  }
}

function isReplaced({ provenance, tasks }: StepFacts): boolean {
  const pinned = Array.isArray(provenance) && provenance.some(({ kind }) => kind === 'pinned');
  return pinned || tasks.some(({ decision }) => decision.choice === 'skip');
}

/** What was bound to inputs. Where the pointer begins with an input's name, the rest of it is the part that is meant. */
function inputsOf(growth: Growth, { step, state, pointer, id }: Sources, names: string[]): Want[] {
  const { runId, path } = step.at;
  const [first, ...rest] = membersOf(pointer);
  return names.flatMap((name) => {
    const binding = state.inputs[name];
    const part = first === name ? pointerOf(rest) : '';
    if (!binding || !firstTime(growth, `${id} ${name} ${part}`)) return [];
    return wantsOf(binding, { runId, path, pointer: part, by: { from: id, kind: 'reads', input: name } });
  });
}

function resultsOf(growth: Growth, { step, state, pointer, id }: Sources): Want[] {
  const by: By = { from: id, kind: 'reads' };
  const result = (index: number, part: string): Want => ({ of: 'result', at: step.at, index, pointer: part, by });
  const [member, index, ...rest] = membersOf(pointer);
  const last = step.iterations - 1;
  if (state.kind === 'loop') return [result(last, member === 'value' ? pointerOf(membersOf(pointer).slice(1)) : '')];
  if (state.kind === 'map' && member === 'items' && index !== undefined && /^\d+$/.test(index))
    return Number(index) > last ? [] : [result(Number(index), rest[0] === 'value' ? pointerOf(rest.slice(1)) : '')];
  if (!firstTime(growth, `${id} results`)) return [];
  const shown = Math.min(step.iterations, shownIterations);
  if (step.iterations > shown) addMore(growth, by, { why: 'items', count: step.iterations - shown, from: step.at });
  return Array.from({ length: shown }, (_, one) => result(one, ''));
}

function growInput(growth: Growth, known: Known, want: Want & { of: 'input' }, found: Found): Want[] {
  const { step } = found;
  const run = known.runs.get(want.at.runId);
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
function growItem(growth: Growth, known: Known, want: Want & { of: 'item' }, found: Found): Want[] {
  const { step } = found;
  const run = known.runs.get(want.at.runId);
  const state = run?.program.states[want.at.state];
  if (!step || !run || !state) return [];
  const { at, index, pointer } = want;
  const id = `item:${idOf(at)}:${index}:${pointer}`;
  const ref = { of: want.of, at, index, pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  if (state.kind === 'loop' && index > 0)
    return [{ of: 'result', at, index: index - 1, pointer, by: { from: id, kind: 'reads' } }];
  const stepId = `step:${idOf(at)}:items`;
  const isNew = addStep(growth, run, step, { id: stepId, as: 'items', by: { from: id, kind: 'gave' } });
  const wants = isNew ? deciders(known, run, step, stepId) : [];
  if (isReplaced(step)) return wants;
  const source = { map: 'items', loop: 'initial' }[state.kind as string];
  const part = state.kind === 'map' ? `/items/${index}${pointer}` : `/initial${pointer}`;
  const names = source === undefined ? Object.keys(state.inputs) : [source];
  return [...wants, ...inputsOf(growth, { step, state, pointer: source ? part : '', id: stepId }, names)];
}

/** What an iteration came to: what its last expression read. */
function growResult(growth: Growth, known: Known, want: Want & { of: 'result' }, found: Found): Want[] {
  const { at, index, pointer } = want;
  const state = known.runs.get(at.runId)?.program.states[at.state];
  const id = `result:${idOf(at)}:${index}:${pointer}`;
  const ref = { of: want.of, at, index, pointer };
  if (!addValue(growth, want, { id, kind: 'value', ref, ...factsOf(found) })) return [];
  if (!state?.body?.result) return [];
  const path = iterationPath(at.path, at.state, index);
  return wantsOf(state.body.result, { runId: at.runId, path, pointer, by: { from: id, kind: 'reads' } });
}

/** What a run was started with: by a step of another run, or by its trigger. */
function growRunInput(growth: Growth, known: Known, want: Want & { of: 'run-input' }, found: Found): Want[] {
  const run = known.runs.get(want.runId);
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
