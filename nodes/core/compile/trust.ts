import type { Effect, Trust } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { CompiledBinding } from '../program.ts';
import type { Flow, ResolvedNode } from './flow.ts';
import type { Guarantees } from './guarantees.ts';
import type { Structure } from './structure.ts';
import type { CallConfig } from './subflows.ts';
import { type View, type Views, viewsOf } from './view.ts';

export type Bindings = Record<string, CompiledBinding>[];

/** The effect class of a node as it is configured. */
export function effectOf({ declaration, config }: ResolvedNode): Effect {
  return typeof declaration.effect === 'function' ? declaration.effect(config) : declaration.effect;
}

/**
 * Follows text written by strangers from where it enters, through every binding, to actions that cannot be taken back.
 * It must be stopped by a person who sees it (a human gate that comes after the text and before the action) or by a
 * node that sanitises. A policy guards an action, but it does not read text, so it does not stop untrusted text.
 */
export function checkTrust(flow: Flow, structure: Structure, guarantees: Guarantees, bindings: Bindings): Diagnostic[] {
  const tainted = taint(flow, structure, bindings);
  const views = viewsOf(flow, structure, guarantees);
  return [...structure.order, ...structure.aside].flatMap((n) => {
    const resolved = flow.nodes[n]!;
    if (effectOf(resolved) !== 'unsafe-write') return [];
    const gates = gatesBefore(flow, views.before(n), n);
    const leaks = readBy(flow, n, bindings).flatMap(({ input, from }) => {
      const source = listed(tainted[from]!).find((at) => !stopped(views, gates, at));
      return source === undefined ? [] : [leak({ flow, bindings, tainted }, { n, input, from, source })];
    });
    if (leaks.length > 0) return leaks;
    // What a pipeline does that is called was checked when it was compiled; what undoes is asked for by the operator.
    const guarded = gates.length > 0 || resolved.declaration.kind === 'call' || flow.undoes.has(n);
    return guarded ? [] : [ungated(resolved)];
  });
}

/**
 * By node, one bit for each node at which untrusted text in its output entered. What a map gives comes from its body,
 * which comes after it in the order, so it is repeated until nothing changes: once more than maps are nested.
 */
function taint(flow: Flow, { order }: Structure, bindings: Bindings): Uint32Array[] {
  const words = Math.ceil(flow.nodes.length / 32);
  const sources = flow.nodes.map(() => new Uint32Array(words));
  const trustOf = (n: number): Trust => outputTrust(flow.nodes[n]!);
  for (const n of order) if (trustOf(n) === 'untrusted') sources[n]![n >>> 5]! |= 1 << (n & 31);
  const inheriting = order.filter((n) => trustOf(n) === 'inherit');
  for (let changed = true; changed; ) {
    changed = false;
    for (const n of inheriting)
      for (const { from } of readBy(flow, n, bindings)) changed = addAll(sources[n]!, sources[from]!) || changed;
  }
  return sources;
}

/** What a called pipeline gives is untrusted unless its signature says otherwise. */
function outputTrust({ declaration, config }: ResolvedNode): Trust {
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

function readBy(flow: Flow, n: number, bindings: Bindings): { input: string; from: number }[] {
  return Object.entries(bindings[n]!).flatMap(([input, { reads }]) =>
    reads.map((id) => ({ input, from: flow.indexOf.get(id)! })),
  );
}

type Gate = { at: number; human: boolean };

/** Gates that have certainly let the run pass when the node runs. */
function gatesBefore(flow: Flow, view: View, n: number): Gate[] {
  return flow.nodes.flatMap(({ declaration: { gate } }, at) => {
    const passed = gate && at !== n && view.ran(at) && view.outcomes(at).every((name) => gate.passing.includes(name));
    return passed ? [{ at, human: gate.by === 'human' }] : [];
  });
}

/** A person decided after the text was there. */
function stopped(views: Views, gates: readonly Gate[], source: number): boolean {
  return gates.some(({ at, human }) => human && views.settled(at, source));
}

type Tainted = { flow: Flow; bindings: Bindings; tainted: Uint32Array[] };
type Leak = { n: number; input: string; from: number; source: number };

function leak({ flow, bindings, tainted }: Tainted, { n, input, from, source }: Leak): Diagnostic {
  const id = (at: number): string => `"${flow.nodes[at]!.node.id}"`;
  const way = wayFrom(source, from, (at) =>
    readBy(flow, at, bindings)
      .map((read) => read.from)
      .filter((next) => (tainted[next]![source >>> 5]! & (1 << (source & 31))) !== 0),
  );
  return {
    code: 'UNTRUSTED_UNSAFE_WRITE',
    severity: 'error',
    nodeId: flow.nodes[n]!.node.id,
    field: `inputs.${input}`,
    message: `Untrusted text from ${way.map(id).join(' through ')} reaches "${input}", and ${id(n)} cannot be taken back. Put an approval after ${id(source)} and before ${id(n)}, or a node that sanitises between them.`,
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

function ungated({ node }: ResolvedNode): Diagnostic {
  return {
    code: 'UNSAFE_WRITE_UNGATED',
    severity: 'warning',
    nodeId: node.id,
    message: `Nothing guards "${node.id}", which cannot be taken back. Put an approval or a policy before it.`,
  };
}
