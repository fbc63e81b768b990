import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { readConfig } from '#nodes/core/node-versions.ts';
import type { Program, State } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { ActedStep } from './effect-rows.ts';
import type { UndoCan } from './types.ts';

export type Planned = { title: string; can: UndoCan; why: string };

const cannotTell =
  'It is not known whether this happened, so it is not taken back by itself. Look there and mend it by hand.';
const forgotten =
  'What it took and gave is not kept any more: the run is older than the retention policy keeps. Mend it by hand.';
const unfinished =
  'It was stopped or failed after it had acted, so what it came to is not known. Look there and mend it by hand.';

/** What an undo does about one step that acted: by what was drawn, else by what its node type declares. */
export function planItem(step: ActedStep, program: Program, graph: Graph): Planned {
  const state = program.states[step.state];
  const name = titleOf(graph, step.state);
  if (!state) return { title: name, can: 'cannot', why: 'The program has no such node any more.' };
  if (step.effects.some(({ status }) => status !== 'done')) return { title: name, can: 'cannot', why: cannotTell };
  if (step.status !== 'done' || step.outcome === null) return { title: name, can: 'cannot', why: unfinished };
  if (step.pruned) return { title: name, can: 'cannot', why: forgotten };
  if (state.undo !== null) return { title: `${name}: ${titleOf(graph, state.undo)}`, can: 'reverts', why: '' };
  const declared = compensationOf(state);
  if (!declared) return { title: name, can: 'cannot', why: `${deed(step) ?? 'What it did'} cannot be undone.` };
  const title = `${name}: ${declared.title}`;
  return declared.reverts
    ? { title, can: 'reverts', why: '' }
    : { title, can: 'offers', why: `${deed(step) ?? 'What it did'} cannot be taken back.` };
}

function compensationOf(state: State): { title: string; reverts: boolean } | null {
  const declaration = definitions.get(state.type);
  const config = declaration ? readConfig(declaration, state) : null;
  return config === null ? null : (declaration?.compensation?.(config) ?? null);
}

/** What the ledger holds of a step, in words. */
export function deed({ effects }: Pick<ActedStep, 'effects'>): string | null {
  const [first] = effects;
  if (!first) return null;
  const { kind, intent, receipt } = first;
  if (kind === 'email' && typeof intent.to === 'string')
    return textOf(receipt, 'delivery') === 'outbox'
      ? `The mail to ${intent.to} lies in the Outbox, not sent, and`
      : `The mail to ${intent.to}`;
  if (kind === 'http') return `${String(intent.method)} ${String(intent.url)}`;
  return null;
}

function textOf(value: Json, name: string): string | null {
  const member = value !== null && typeof value === 'object' && !Array.isArray(value) ? value[name] : null;
  return typeof member === 'string' ? member : null;
}

function titleOf(graph: Graph, id: string): string {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return node?.title || definitions.get(node?.type ?? '')?.title || id;
}
