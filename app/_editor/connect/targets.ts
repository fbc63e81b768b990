import { type GraphShape, reachableFrom, reaching, scopeBehind, shapeOf } from '#app/_canvas/graph-shape.ts';
import { bodyOutcome, mainOutcome } from '#nodes/core/compile/main-outcome.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { NodeDefinitions } from '#nodes/core/define-node.ts';
import type { Graph } from '#nodes/core/graph.ts';

/** A graph with what is needed to know where its wires may lead. */
export type Wiring = { graph: Graph; definitions: NodeDefinitions; shape: GraphShape };
export type WireEnd = { from: string; outcome: string };

/** Why a wire may not lead to a node, in words that say what to do instead; null: it may. */
type Judge = (to: string) => string | null;

/**
 * Where a wire from an outcome may lead: into no trigger, in no circle, not the same way twice, and nobody walks out of
 * the body of a For each or into one from outside. What it needs is computed once for all targets.
 */
export function judgeOf(wiring: Wiring, wire: WireEnd): Judge {
  if (wire.outcome === undoHandle) return undoJudge(wiring, wire.from);
  const { graph, definitions, shape } = wiring;
  const before = reaching(shape, wire.from);
  const wired = new Set(
    (shape.outgoing.get(wire.from) ?? []).filter((edge) => edge.outcome === wire.outcome).map((edge) => edge.to),
  );
  const scope = scopeBehind(shape, wire);
  const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
  return (to) => {
    const name = (id: string) => titleOf(wiring, id);
    if (to === wire.from) return 'A wire cannot lead back into the node that it comes from.';
    if (definitions.get(types.get(to) ?? '')?.kind === 'trigger')
      return 'A wire cannot lead into a trigger: a trigger starts runs.';
    if (before.has(to))
      return `This would go round in a circle: ${name(to)} comes before ${name(wire.from)}. Repeat steps with “Repeat” or “For each”.`;
    if (wired.has(to)) return `“${wire.outcome}” leads there already.`;
    if (standsAside(shape, to)) return `${name(to)} takes back what another node did. Nothing else may lead to it.`;
    const own = shape.scopes.get(to);
    // A node that nothing leads to yet fits everywhere; so does a wire from a node whose own place is not settled.
    if (own === undefined || scope === undefined || own === scope) return null;
    return own === null
      ? `${name(wire.from)} runs again and again within ${name(scope ?? '')}. Continue from “done” of ${name(scope ?? '')}.`
      : `${name(to)} belongs to the steps of ${name(own)}. Only what runs within may lead there.`;
  };
}

/** The nodes that a wire from an outcome may lead to. */
export function connectableTargets(wiring: Wiring, wire: WireEnd): Set<string> {
  const judge = judgeOf(wiring, wire);
  return new Set(wiring.graph.nodes.map(({ id }) => id).filter((id) => judge(id) === null));
}

/** What may undo a node: an action that nothing leads to and that leads nowhere. One node has one undo. */
function undoJudge(wiring: Wiring, from: string): Judge {
  const { graph, definitions, shape } = wiring;
  const has = (shape.outgoing.get(from) ?? []).some(({ outcome }) => outcome === undoHandle);
  const aside = standsAside(shape, from);
  const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
  return (to) => {
    if (to === from) return 'A node cannot take back its own effect.';
    if (has) return `Something takes the effect of ${titleOf(wiring, from)} back already. Remove that wire first.`;
    if (aside) return `${titleOf(wiring, from)} takes back what another node did itself.`;
    if (definitions.get(types.get(to) ?? '')?.kind !== 'task') return 'Only an action can take an effect back.';
    const free = !shape.incoming.get(to)?.length && !shape.outgoing.get(to)?.length;
    return free
      ? null
      : `${titleOf(wiring, to)} is part of the flow. Only a node that stands apart can take an effect back.`;
  };
}

/** Whether a node runs only to undo another. */
function standsAside(shape: GraphShape, id: string): boolean {
  return (shape.incoming.get(id) ?? []).some(({ outcome }) => outcome === undoHandle);
}

/** The outcomes from which a wire may lead to `to`: the other way round. */
export function connectableSources({ graph, definitions, shape }: Wiring, to: string): Set<string> {
  if (definitions.get(graph.nodes.find(({ id }) => id === to)?.type ?? '')?.kind === 'trigger') return new Set();
  if (standsAside(shape, to)) return new Set();
  const after = reachableFrom(shape, to);
  return new Set(graph.nodes.map(({ id }) => id).filter((id) => id !== to && !after.has(id)));
}

/** Why a wire is not allowed; null: it is. What a drop asks. */
export function refusalOf(wiring: Wiring, ends: WireEnd & { to: string }): string | null {
  return judgeOf(wiring, ends)(ends.to);
}

/** Whether a wire is allowed. */
export function mayConnect(wiring: Wiring, ends: WireEnd & { to: string }): boolean {
  return refusalOf(wiring, ends) === null;
}

/** The outcome that an automatically drawn wire leaves by. */
export { mainOutcome };

/** The outcome by which a node that is put between two others leads on: what follows it goes on as before, once. */
export function throughOutcome(outcomes: string[]): string | null {
  return outcomes.find((outcome) => outcome !== bodyOutcome && outcome !== 'error') ?? mainOutcome(outcomes);
}

/** The outcome that the next node continues: the main one, else the first that leads nowhere yet. */
export function nextOutcome(outcomes: string[], wired: ReadonlySet<string>): string | null {
  const main = mainOutcome(outcomes);
  if (main === null || !wired.has(main)) return main;
  return outcomes.find((outcome) => outcome !== 'error' && !wired.has(outcome)) ?? main;
}

/** Reads off a graph what its wires may do. */
export function wiringOf(graph: Graph, definitions: NodeDefinitions): Wiring {
  return { graph, definitions, shape: shapeOf(graph, definitions) };
}

function titleOf({ graph, definitions }: Wiring, id: string): string {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return node?.title || definitions.get(node?.type ?? '')?.title || id;
}
