import type { GraphSettings } from '../graph.ts';
import { canonicalJson, type JsonObject } from '../json.ts';
import type { Arc, Body, Program, State } from '../program.ts';
import { sha256 } from '../sha256.ts';
import type { Type } from '../types.ts';
import { boundOf, toleratesOf } from './bounds.ts';
import { type Flow, isAtEnd, type ResolvedNode } from './flow.ts';
import { foldJoins } from './joins.ts';
import type { Structure } from './structure.ts';
import { type Bindings, effectOf } from './trust.ts';

export type Checked = { flow: Flow; structure: Structure; bindings: Bindings; settings: GraphSettings };

/** Writes the program of a graph without errors. Its hash names its content: what is drawn where does not matter. */
export function emit({ flow, structure, bindings, settings }: Checked): Program {
  const { joins, arcs, bodies, triggers } = foldJoins(flow, structure);
  const states = [
    ...structure.order.map((n) => ({ n, arcs: arcs[n]!, body: bodies[n]! })),
    ...structure.aside.map((n) => ({ n, arcs: leadingNowhere(flow.nodes[n]!.outcomes), body: null })),
  ].map((parts) => stateOf(flow, structure, { ...parts, bindings: bindings[parts.n]!, settings }));
  const content: Omit<Program, 'hash'> = {
    format: 'solograph/program',
    version: 1,
    states: Object.fromEntries(states.sort((a, b) => (a.id < b.id ? -1 : 1)).map((state) => [state.id, state])),
    joins,
    triggers,
    runInput: Object.fromEntries(Object.keys(triggers).map((id) => [id, inputType(flow, id)])),
    settings,
  };
  return { ...content, hash: sha256(canonicalJson(content)) };
}

/** The arcs of a state that is no part of the flow. */
function leadingNowhere(outcomes: Record<string, Type>): Record<string, Arc> {
  return Object.fromEntries(
    Object.keys(outcomes)
      .sort()
      .map((outcome) => [outcome, { start: [], arrivals: [] }]),
  );
}

type Parts = {
  n: number;
  arcs: State['arcs'];
  body: Arc | null;
  bindings: Bindings[number];
  settings: GraphSettings;
};

function stateOf(flow: Flow, { scope }: Structure, { n, arcs, body, bindings, settings }: Parts): State {
  const resolved = flow.nodes[n]!;
  const { node, declaration, config } = resolved;
  const map = scope[n] ?? null;
  const own = Object.fromEntries(Object.entries(bindings).filter(([name]) => !isAtEnd(declaration.kind, name)));
  const undo = flow.undoneBy.get(n);
  return {
    id: node.id,
    kind: declaration.kind,
    type: node.type,
    version: declaration.version,
    config: JSON.parse(JSON.stringify(config)) as JsonObject,
    inputs: sorted(own),
    inputTypes: sorted(Object.fromEntries(Object.entries(resolved.inputs).map(([name, { type }]) => [name, type]))),
    outcomeTypes: sorted(resolved.outcomes),
    scope: map === null ? null : flow.nodes[map]!.node.id,
    reads: [...new Set(Object.values(own).flatMap(({ reads }) => reads))].sort(),
    arcs,
    effect: effectOf(resolved),
    reversible: declaration.reversible,
    risk: declaration.risk,
    retry: node.retry ?? declaration.retry,
    timeoutMs: node.timeoutMs ?? declaration.timeoutMs,
    body: body && bodyOf(resolved, body, bindings),
    undo: undo === undefined ? null : flow.nodes[undo]!.node.id,
    onFailure: node.onFailure ?? settings.onFailure,
  };
}

function bodyOf({ declaration: { kind }, config }: ResolvedNode, arc: Arc, bindings: Bindings[number]): Body {
  const result = bindings[kind === 'loop' ? 'next' : 'result'] ?? null;
  const again = (kind === 'loop' && bindings.again) || null;
  return {
    arc,
    result,
    again,
    resultReads: [...new Set([...(result?.reads ?? []), ...(again?.reads ?? [])])].sort(),
    maxItems: boundOf(kind, config)!,
    tolerates: toleratesOf(kind, config),
  };
}

function inputType(flow: Flow, triggerId: string): Type {
  const { outcomes } = flow.nodes[flow.indexOf.get(triggerId)!]!;
  return Object.values(outcomes)[0] ?? { type: 'any' };
}

function sorted<V>(record: Record<string, V>): Record<string, V> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
