import type { Effect, Trust } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { CompiledBinding } from '../program.ts';
import { approvalFields } from './approval-fields.ts';
import type { Flow, ResolvedNode } from './flow.ts';
import type { Structure } from './structure.ts';
import type { CallConfig } from './subflows.ts';
import type { View, Views } from './view.ts';

export type Bindings = Record<string, CompiledBinding>[];

/** The effect class of a node as it is configured. */
export function effectOf({ declaration, config }: ResolvedNode): Effect {
  return typeof declaration.effect === 'function' ? declaration.effect(config) : declaration.effect;
}

/** What following untrusted text needs to know of a graph. */
export type TrustFacts = { flow: Flow; structure: Structure; views: Views; bindings: Bindings };

/**
 * Follows text written by strangers from where it enters, through every binding, to actions that cannot be taken back.
 * It must be stopped by a person who sees it (a human gate that comes after the text and before the action) or by a
 * node that sanitises. A policy guards an action, but it does not read text, so it does not stop untrusted text.
 */
export function checkTrust(facts: TrustFacts): Diagnostic[] {
  const { flow, structure, views, bindings } = facts;
  const tainted = taint(facts);
  const all = gatesOf(flow);
  return [...structure.order, ...structure.aside].flatMap((n) => {
    const resolved = flow.nodes[n]!;
    if (effectOf(resolved) !== 'unsafe-write') return [];
    const gates = gatesBefore(all, views.before(n));
    const leaks = readBy(flow, n, bindings).flatMap(({ input, from }) => {
      const source = tainted.sources(from).find((at) => !stopped(views, gates, at));
      return source === undefined ? [] : [leak(facts, tainted, { n, input, from, source })];
    });
    if (leaks.length > 0) return leaks;
    const agent = agentAround(facts, n);
    if (agent !== null && !gates.some(({ at }) => agentAround(facts, at) === agent)) return [chosen(flow, n, agent)];
    // What a pipeline does that is called was checked when it was compiled; what undoes is asked for by the operator.
    const guarded = gates.length > 0 || resolved.declaration.kind === 'call' || flow.undoes.has(n);
    return guarded ? [] : [ungated(flow, n)];
  });
}

/** Whether text of strangers may be in what a node gives, and at which nodes such text entered. */
export type Tainted = { any: boolean; has: (n: number) => boolean; sources: (n: number) => number[] };

/**
 * By node, one bit for each node at which untrusted text in its output entered. What a map gives comes from its body,
 * which comes after it in the order, so it is repeated until nothing changes: once more than maps are nested.
 */
export function taint({ flow, structure: { order }, bindings }: TrustFacts): Tainted {
  const trustOf = (n: number): Trust => outputTrust(flow.nodes[n]!);
  const entered = order.filter((n) => trustOf(n) === 'untrusted');
  const words = Math.ceil(entered.length / 32);
  const memory = new Uint32Array(words * flow.nodes.length);
  const sets = flow.nodes.map((_, n) => memory.subarray(n * words, (n + 1) * words));
  entered.forEach((n, at) => {
    sets[n]![at >>> 5]! |= 1 << (at & 31);
  });
  const inheriting = entered.length === 0 ? [] : order.filter((n) => trustOf(n) === 'inherit');
  for (let changed = true; changed; ) {
    changed = false;
    for (const n of inheriting)
      for (const { from } of readBy(flow, n, bindings)) changed = addAll(sets[n]!, sets[from]!) || changed;
  }
  return {
    any: entered.length > 0,
    has: (n) => sets[n]!.some((word) => word !== 0),
    sources: (n) => listed(sets[n]!).map((at) => entered[at]!),
  };
}

/** What a called pipeline gives is untrusted unless its signature says otherwise. */
export function outputTrust({ declaration, config }: ResolvedNode): Trust {
  if (declaration.kind !== 'call') return declaration.trust;
  return (config as Partial<CallConfig>).signature?.trust ?? 'untrusted';
}

function addAll(into: Uint32Array, more: Uint32Array): boolean {
  let changed = false;
  for (let w = 0; w < into.length; w += 1) {
    const sum = into[w]! | more[w]!;
    // Both as they are stored: the operator gives signed numbers.
    if (sum >>> 0 !== into[w]) changed = true;
    into[w] = sum;
  }
  return changed;
}

function listed(set: Uint32Array): number[] {
  const found: number[] = [];
  set.forEach((word, w) => {
    for (let bit = 0; word >>> bit !== 0 && bit < 32; bit += 1) if ((word >>> bit) & 1) found.push(w * 32 + bit);
  });
  return found;
}

export function readBy(flow: Flow, n: number, bindings: Bindings): { input: string; from: number }[] {
  return Object.entries(bindings[n]!).flatMap(([input, { reads }]) =>
    reads.map((id) => ({ input, from: flow.indexOf.get(id)! })),
  );
}

export type Gate = { at: number; human: boolean; passing: readonly string[] };

/** All gates of a graph. */
export function gatesOf(flow: Flow): Gate[] {
  return flow.nodes.flatMap(({ declaration: { gate } }, at) =>
    gate ? [{ at, human: gate.by === 'human', passing: gate.passing }] : [],
  );
}

/** Gates that have certainly let the run pass when the node runs. */
export function gatesBefore(gates: readonly Gate[], view: View): Gate[] {
  return gates.filter(
    ({ at, passing }) => at !== view.at && view.ran(at) && view.outcomes(at).every((name) => passing.includes(name)),
  );
}

/** A person decided after the text was there. */
export function stopped(views: Views, gates: readonly Gate[], source: number): boolean {
  return gates.some(({ at, human }) => human && views.settled(at, source));
}

type Leak = { n: number; input: string; from: number; source: number };

function leak(facts: TrustFacts, tainted: Tainted, { n, input, from, source }: Leak): Diagnostic {
  const { flow, bindings, views } = facts;
  const id = (at: number): string => `"${flow.nodes[at]!.node.id}"`;
  const way = wayFrom(source, from, (at) =>
    readBy(flow, at, bindings)
      .map((read) => read.from)
      .filter((next) => tainted.sources(next).includes(source)),
  );
  // An approval right before the action comes after the text only where the action itself does.
  const fix = views.settled(n, source) ? approvalBefore(flow, n) : {};
  return {
    code: 'UNTRUSTED_UNSAFE_WRITE',
    severity: 'error',
    nodeId: flow.nodes[n]!.node.id,
    field: `inputs.${input}`,
    message: `Untrusted text from ${way.map(id).join(' through ')} reaches "${input}", and ${id(n)} cannot be taken back. Put an approval after ${id(source)} and before ${id(n)}, or a node that sanitises between them.`,
    ...fix,
  };
}

/** The shortest way of the text, source first. */
function wayFrom(source: number, to: number, readsOf: (at: number) => number[]): number[] {
  const next = new Map<number, number | null>([[to, null]]);
  for (const at of next.keys()) {
    if (at === source) break;
    for (const from of readsOf(at)) if (!next.has(from)) next.set(from, at);
  }
  const way: number[] = [];
  for (let at: number | null | undefined = source; at !== null && at !== undefined; at = next.get(at)) way.push(at);
  return way;
}

/** The agent among whose tools a node is, at any depth, or null. */
function agentAround({ flow, structure: { scope } }: TrustFacts, n: number): number | null {
  for (let at = scope[n] ?? null; at !== null; at = scope[at] ?? null)
    if (flow.nodes[at]!.declaration.kind === 'agent') return at;
  return null;
}

/** Who passed a gate before the agent has not seen what its model came to want. */
function chosen(flow: Flow, n: number, agent: number): Diagnostic {
  const { id } = flow.nodes[n]!.node;
  return {
    code: 'AGENT_WRITE_UNGATED',
    severity: 'error',
    nodeId: id,
    message: `"${id}" cannot be taken back, and the model of "${flow.nodes[agent]!.node.id}" decides whether it happens. Put an approval or a policy before it, among the tools.`,
    ...approvalBefore(flow, n),
  };
}

function ungated(flow: Flow, n: number): Diagnostic {
  const { id } = flow.nodes[n]!.node;
  return {
    code: 'UNSAFE_WRITE_UNGATED',
    severity: 'warning',
    nodeId: id,
    message: `Nothing guards "${id}", which cannot be taken back. Put an approval or a policy before it.`,
    ...approvalBefore(flow, n),
  };
}

function approvalBefore(flow: Flow, n: number): Pick<Diagnostic, 'fix'> {
  const { node, inputs } = flow.nodes[n]!;
  if (flow.undoes.has(n)) return {};
  return {
    fix: {
      title: 'Put an approval before it',
      change: { kind: 'put-approval', nodeId: node.id, fields: approvalFields(node, inputs) },
    },
  };
}
