import type { State } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { decidersOf } from './deciders.ts';
import type { RunFacts, StepFacts } from './facts.ts';
import { addEdge, addMore, addNode, addReasons, firstTime, type Growth } from './growth.ts';
import { type Reason, reasonsOf, reasonsOfTurn } from './reasons.ts';
import { isReplaced, standIn } from './stood-in.ts';
import type { Place } from './types.ts';
import { type By, membersOf, pointerOf, type Want, wantsOf } from './wants.ts';

/** Iterations whose results are followed where all of them are meant. */
const shownIterations = 10;

/** What names a step among the nodes of a lineage. */
export const idOf = ({ runId, state, path }: Place): string => `${runId}:${state}:${path}`;

type Gave = { by: By | null; pointer: string };

/** The step that gave a value: its reasons, who let it run, and what it read for that part of its output. */
export function stepGave(growth: Growth, step: StepFacts, { by, pointer }: Gave): Want[] {
  const run = growth.runs.get(step.at.runId);
  const state = run?.program.states[step.at.state];
  if (!run || !state) return [];
  const id = `step:${idOf(step.at)}`;
  const isNew = addStep(growth, run, { step, id, as: 'whole', by });
  if (step.origin) return [{ of: 'output', at: step.origin, pointer, by: { from: id, kind: 'took' } }];
  const before = isNew ? deciders(growth, run, { step, id }) : [];
  return [...before, ...sourcesOf(growth, run, { step, state, pointer, id })];
}

/** A step that is wanted itself: as if all that it gave were, or only what was bound to one of its inputs. */
export function stepRan(growth: Growth, step: StepFacts, { by, input, pointer = '' }: Want & { of: 'step' }): Want[] {
  const run = growth.runs.get(step.at.runId);
  const state = run?.program.states[step.at.state];
  if (!run || !state || (input === undefined && !step.origin)) return stepGave(growth, step, { by, pointer: '' });
  const id = `step:${idOf(step.at)}`;
  const isNew = addStep(growth, run, { step, id, as: 'whole', by });
  if (step.origin) {
    const part = input === undefined ? {} : { input, pointer };
    return [{ of: 'step', at: step.origin, ...part, by: { from: id, kind: 'took' } }];
  }
  const before = isNew ? deciders(growth, run, { step, id }) : [];
  const bound = pointerOf([input ?? '']) + pointer;
  return [...before, ...inputsOf(growth, { step, state, pointer: bound, id }, [input ?? ''])];
}

/** `turn`: of an agent the turn that is meant. */
type StepNode = { step: StepFacts; id: string; as: 'whole' | 'items'; by: By | null; turn?: number | null };

/** Adds the node of a step with its reasons. True: it is new. */
export function addStep(growth: Growth, run: RunFacts, { step, id, as, by, turn = null }: StepNode): boolean {
  const { at, outcome, attempt, endedAt, inherited, provenance } = step;
  const node = run.graph.nodes.find((one) => one.id === at.state);
  const type = run.program.states[at.state]?.type ?? '';
  const title = node?.title || definitions.get(type)?.title || at.state;
  const removed = Array.isArray(provenance) ? null : { sha256: provenance.sha256, removedAt: run.valuesRemovedAt };
  const ran = { outcome, attempt, endedAt, inherited };
  const isNew = addNode(growth, { id, kind: 'step', at, title, type, ...ran, as, turn, removed });
  addEdge(growth, by, id);
  if (!isNew) return false;
  const all = reasonsOf(step, run.valuesRemovedAt).map(filledFrom(run.program.states[at.state]));
  addReasons(growth, { id, of: `step:${idOf(at)}`, reasons: turn === null ? all : reasonsOfTurn(all, turn) });
  return true;
}

/** Says of a prompt which prompts of the graph it was filled in from. */
function filledFrom(state: State | undefined): (reason: Reason) => Reason {
  const of = Object.values(state?.inputs ?? {}).flatMap(({ prompt }) => prompt ?? []);
  return (reason) =>
    reason.node.kind === 'prompt' && !reason.node.repair ? { ...reason, node: { ...reason.node, of } } : reason;
}

/** Those that chose the way on which a step ran are wanted. */
export function deciders(
  { outcomes: known }: Growth,
  run: RunFacts,
  { step, id }: { step: StepFacts; id: string },
): Want[] {
  const outcomes = known.get(`${step.at.runId} ${step.at.path}`) ?? new Map();
  return decidersOf(run.program, step.at, outcomes).map(({ state, path }) => ({
    of: 'step',
    at: { runId: step.at.runId, state, path },
    by: { from: id, kind: 'decided' },
  }));
}

type Sources = { step: StepFacts; state: State; pointer: string; id: string };

/** What a step read, by its kind. What stood in for its value came from elsewhere, or from nothing. */
function sourcesOf(growth: Growth, run: RunFacts, at: Sources): Want[] {
  const { step, state, pointer, id } = at;
  if (isReplaced(step)) return standIn(step, { id, pointer });
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
      return callsOf(growth, at);
    case 'gate':
    case 'output': {
      const [name] = membersOf(pointer);
      if (name !== undefined && Object.hasOwn(state.inputs, name)) return inputsOf(growth, at, [name]);
      return inputsOf(growth, { ...at, pointer: '' }, Object.keys(state.inputs));
    }
    default:
      return [
        ...standIn(step, { id, pointer }),
        ...inputsOf(growth, { ...at, pointer: '' }, Object.keys(state.inputs)),
      ];
  }
}

/** What the run gave that was called; its outputs are looked for by who asks. Without a run: what it would have been given. */
function callsOf(growth: Growth, at: Sources): Want[] {
  const { step, state, pointer, id } = at;
  if (step.childRunId === null) return inputsOf(growth, at, Object.keys(state.inputs));
  if (!firstTime(growth, `${id} called ${pointer}`)) return [];
  return [
    { of: 'output', at: { runId: step.childRunId, state: '', path: '' }, pointer, by: { from: id, kind: 'reads' } },
  ];
}

/** What was bound to inputs. Where the pointer begins with an input's name, the rest of it is the part that is meant. */
export function inputsOf(growth: Growth, { step, state, pointer, id }: Sources, names: string[]): Want[] {
  const { runId, path } = step.at;
  const [first, ...rest] = membersOf(pointer);
  return names.flatMap((name) => {
    const binding = state.inputs[name];
    const part = first === name ? pointerOf(rest) : '';
    if (!binding || !firstTime(growth, `${id} ${name} ${part}`)) return [];
    return wantsOf(binding, { runId, path, pointer: part, by: { from: id, kind: 'reads', input: name } });
  });
}

/** What iterations came to; those before `below` only, where it is given. */
export function resultsOf(growth: Growth, { step, state, pointer, id }: Sources, below = step.iterations): Want[] {
  const by: By = { from: id, kind: 'reads' };
  const result = (index: number, part: string): Want => ({ of: 'result', at: step.at, index, pointer: part, by });
  const [member, index, ...rest] = membersOf(pointer);
  const last = step.iterations - 1;
  if (state.kind === 'loop') return [result(last, member === 'value' ? pointerOf(membersOf(pointer).slice(1)) : '')];
  if (state.kind === 'map' && member === 'items' && index !== undefined && /^\d+$/.test(index))
    return Number(index) > last ? [] : [result(Number(index), rest[0] === 'value' ? pointerOf(rest.slice(1)) : '')];
  if (!firstTime(growth, `${id} results`)) return [];
  const shown = Math.min(below, shownIterations);
  if (below > shown) addMore(growth, by, { why: 'items', count: below - shown, from: step.at });
  return Array.from({ length: shown }, (_, one) => result(one, ''));
}
