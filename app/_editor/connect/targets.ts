import { type GraphShape, reachableFrom, reaching, scopeBehind, shapeOf } from '#app/_canvas/graph-shape.ts';
import { mainOutcome } from '#nodes/core/compile/main-outcome.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { NodeDefinitions } from '#nodes/core/define-node.ts';
import type { Graph } from '#nodes/core/graph.ts';

/** A graph with what is needed to know where its wires may lead. */
export type Wiring = { graph: Graph; definitions: NodeDefinitions; shape: GraphShape };
export type WireEnd = { from: string; outcome: string };

/**
 * The nodes that a wire from an outcome may lead to: no trigger, no cycle, not the same wire twice, and nobody walks
 * out of the body of a For each or into one from outside.
 */
export function connectableTargets({ graph, definitions, shape }: Wiring, wire: WireEnd): Set<string> {
  if (wire.outcome === undoHandle) return undoTargets({ graph, definitions, shape }, wire.from);
  const before = reaching(shape, wire.from);
  const wired = new Set(
    (shape.outgoing.get(wire.from) ?? []).filter((edge) => edge.outcome === wire.outcome).map((edge) => edge.to),
  );
  const scope = scopeBehind(shape, wire);
  return new Set(
    graph.nodes
      .filter(
        ({ id, type }) =>
          id !== wire.from &&
          !before.has(id) &&
          !wired.has(id) &&
          definitions.get(type)?.kind !== 'trigger' &&
          !standsAside(shape, id) &&
          fitsScope(shape, scope, id),
      )
      .map(({ id }) => id),
  );
}

/** What may undo a node: an action that nothing leads to and that leads nowhere. One node has one undo. */
function undoTargets({ graph, definitions, shape }: Wiring, from: string): Set<string> {
  const has = (shape.outgoing.get(from) ?? []).some(({ outcome }) => outcome === undoHandle);
  if (has || standsAside(shape, from)) return new Set();
  const free = graph.nodes.filter(
    ({ id, type }) =>
      id !== from &&
      definitions.get(type)?.kind === 'task' &&
      !shape.incoming.get(id)?.length &&
      !shape.outgoing.get(id)?.length,
  );
  return new Set(free.map(({ id }) => id));
}

/** Whether a node runs only to undo another. */
function standsAside(shape: GraphShape, id: string): boolean {
  return (shape.incoming.get(id) ?? []).some(({ outcome }) => outcome === undoHandle);
}

/** The outcomes from which a wire may lead to `to`: the other way round. */
export function connectableSources({ graph, definitions, shape }: Wiring, to: string): Set<string> {
  if (definitions.get(graph.nodes.find(({ id }) => id === to)?.type ?? '')?.kind === 'trigger') return new Set();
  const after = reachableFrom(shape, to);
  return new Set(graph.nodes.map(({ id }) => id).filter((id) => id !== to && !after.has(id)));
}

/** Whether a wire is allowed; what a drop asks. */
export function mayConnect(wiring: Wiring, ends: WireEnd & { to: string }): boolean {
  return connectableTargets(wiring, ends).has(ends.to);
}

/** A node that nothing leads to yet fits everywhere; so does a wire from a node whose own place is not settled. */
function fitsScope(shape: GraphShape, scope: string | null | undefined, target: string): boolean {
  const own = shape.scopes.get(target);
  return own === undefined || scope === undefined || own === scope;
}

/** Node types that may stand behind a wire; what the picker offers. */
export function fitsBehindWire(definitions: NodeDefinitions, type: string): boolean {
  return definitions.get(type)?.kind !== 'trigger';
}

/** The outcome that an automatically drawn wire leaves by. */
export { mainOutcome };

/** Reads off a graph what its wires may do. */
export function wiringOf(graph: Graph, definitions: NodeDefinitions): Wiring {
  return { graph, definitions, shape: shapeOf(graph, definitions) };
}
