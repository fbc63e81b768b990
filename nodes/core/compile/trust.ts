import type { Effect } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { CompiledBinding } from '../program.ts';
import type { Flow, ResolvedNode } from './flow.ts';
import type { Guarantees } from './guarantees.ts';
import type { Structure } from './structure.ts';

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
  return structure.order.flatMap((n) => {
    const resolved = flow.nodes[n]!;
    if (effectOf(resolved) !== 'unsafe-write') return [];
    const gates = gatesBefore(flow, guarantees, n);
    const leaks = readBy(flow, n, bindings).filter(({ from }) =>
      tainted[from]!.some((source) => !stopped(guarantees, gates, source)),
    );
    if (leaks.length > 0) return leaks.map(({ input, from }) => leak(flow, n, input, from, tainted[from]![0]!));
    return gates.length > 0 ? [] : [ungated(resolved)];
  });
}

/** By node: the nodes at which the untrusted text in its output entered; empty where it is trusted. */
export function taint(flow: Flow, { order, scope }: Structure, bindings: Bindings): number[][] {
  const sources: number[][] = flow.nodes.map(() => []);
  for (const n of order) {
    const { trust } = flow.nodes[n]!.declaration;
    if (trust === 'trusted' || trust === 'sanitise') continue;
    const own = trust === 'untrusted' ? [n] : [];
    const read = readBy(flow, n, bindings).flatMap(({ from }) => sources[from]!);
    const map = scope[n];
    const viaItem = trust === 'inherit' && map !== null && map !== undefined ? sources[map]! : [];
    sources[n] = [...new Set([...own, ...(trust === 'inherit' ? read : []), ...viaItem])];
  }
  return sources;
}

function readBy(flow: Flow, n: number, bindings: Bindings): { input: string; from: number }[] {
  return Object.entries(bindings[n] ?? {}).flatMap(([input, { reads }]) =>
    reads.flatMap((id) => {
      const from = flow.indexOf.get(id);
      return from === undefined ? [] : [{ input, from }];
    }),
  );
}

type Gate = { at: number; human: boolean };

function gatesBefore(flow: Flow, guarantees: Guarantees, n: number): Gate[] {
  return flow.nodes.flatMap(({ declaration: { gate } }, at) =>
    gate && at !== n && passes(flow, guarantees, n, at, gate.passing) ? [{ at, human: gate.by === 'human' }] : [],
  );
}

/** The node runs only after the gate let it pass, by whichever of its passing outcomes leads there. */
function passes(flow: Flow, guarantees: Guarantees, n: number, gate: number, passing: readonly string[]): boolean {
  if (!guarantees.ran(n, gate)) return false;
  if (passing.some((outcome) => guarantees.passed(n, gate, outcome))) return true;
  const wired = [...flow.outOf[gate]!.keys()];
  return wired.length > 0 && wired.every((outcome) => passing.includes(outcome));
}

function stopped(guarantees: Guarantees, gates: readonly Gate[], source: number): boolean {
  return gates.some(({ at, human }) => human && guarantees.ran(at, source));
}

function leak(flow: Flow, n: number, input: string, from: number, source: number): Diagnostic {
  const id = (at: number): string => flow.nodes[at]!.node.id;
  const way = from === source ? `from "${id(source)}"` : `from "${id(source)}" through "${id(from)}"`;
  return {
    code: 'UNTRUSTED_UNSAFE_WRITE',
    severity: 'error',
    nodeId: id(n),
    field: `inputs.${input}`,
    message: `Untrusted text reaches "${input}" ${way}, and "${id(n)}" cannot be taken back. Put an approval after "${id(from)}" and before "${id(n)}".`,
  };
}

function ungated({ node }: ResolvedNode): Diagnostic {
  return {
    code: 'UNSAFE_WRITE_UNGATED',
    severity: 'warning',
    nodeId: node.id,
    message: `Nothing guards "${node.id}", which cannot be taken back. Put an approval or a policy before it.`,
  };
}
