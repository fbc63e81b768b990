import { outcomesOf } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { columnStep } from '#app/_canvas/geometry.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Position } from '../document/command.ts';
import { groupOf } from '../document/groups.ts';
import { newEdge } from '../document/ids.ts';
import { freePlace } from '../layout/place.ts';
import { addNode, bindingsFor, newNode, select, withFragment } from '../session/actions.ts';
import type { EditorSession } from '../session/session.ts';
import { roomOnEdge, splitEdge, withNodeOnEdge } from './insert-on-edge.ts';
import { type InsertPlace, mayStand } from './place.ts';
import { mayConnect, throughOutcome, type WireEnd, wiringOf } from './targets.ts';

const graphOf = (session: EditorSession): Graph => session.document.store.getState().graph;

/** Adds a node of a type at a place in the flow, as one undoable edit. `at`: where on the canvas, if that matters. */
export async function insertNode(
  session: EditorSession,
  type: string,
  { place, at }: { place: InsertPlace; at: Position | null },
): Promise<void> {
  switch (place.kind) {
    case 'free':
      await addNode(session, type, { at: at ?? session.view?.centre() ?? { x: 0, y: 0 }, wire: null });
      return;
    case 'after':
      await addNode(session, type, { wire: place.wire, ...(at ? { at } : {}) });
      return;
    case 'before':
      await addBefore(session, type, { to: place.to, at });
      return;
    case 'between': {
      const declaration = definitions.get(type);
      if (!declaration || !mayStand(declaration, place)) return;
      await putOnEdge(session, place.edgeId, newNode(graphOf(session), declaration, { x: 0, y: 0 }));
      return;
    }
    default: {
      const never: never = place;
      throw new Error(`Not a known place: ${JSON.stringify(never)}`);
    }
  }
}

async function addBefore(
  session: EditorSession,
  type: string,
  { to, at }: { to: string; at: Position | null },
): Promise<void> {
  const graph = graphOf(session);
  const declaration = definitions.get(type);
  const target = graph.nodes.find(({ id }) => id === to);
  const outcome = declaration ? throughOutcome(outcomesOf(declaration, {})) : null;
  if (!declaration || !target || outcome === null) return;
  const wanted = at ?? { x: target.position.x - columnStep, y: target.position.y };
  const node = newNode(graph, declaration, freePlace(graph, wanted));
  const ends = { from: node.id, outcome, to };
  const fragment = { nodes: [node], edges: [newEdge(graph.edges, ends)], notes: [] };
  const bindings = await session.language.propose(withFragment(graph, fragment), ends);
  session.document.dispatch({ kind: 'insert', fragment, bindings: bindingsFor(to, bindings) });
  select(session, { nodes: [node.id] });
}

/** The edge that an edge id stands for, as a place; null: it is gone, or nothing can stand on it. */
export function placeOnEdge(graph: Graph, edgeId: string): Extract<InsertPlace, { kind: 'between' }> | null {
  const edge = graph.edges.find(({ id }) => id === edgeId);
  if (!edge || edge.outcome === undoHandle) return null;
  return { kind: 'between', edgeId, wire: { from: edge.from, outcome: edge.outcome } };
}

/** Whether a node that is in the graph already could be let go over an edge: nothing leads to it and it leads nowhere. */
export function mayLandOnEdges(graph: Graph, nodeId: string): boolean {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  const declaration = definitions.get(node?.type ?? '');
  if (!node || !declaration || declaration.kind === 'trigger' || declaration.kind === 'output') return false;
  if (throughOutcome(outcomesOf(declaration, node.config, node.version)) === null) return false;
  return !graph.edges.some(({ from, to }) => from === nodeId || to === nodeId);
}

/** Puts a node on an edge, new or from the canvas: the edge is divided, the node bound, and what lies right makes way. */
export async function putOnEdge(session: EditorSession, edgeId: string, node: GraphNode): Promise<void> {
  const graph = graphOf(session);
  const edge = graph.edges.find(({ id }) => id === edgeId);
  const known = graph.nodes.some(({ id }) => id === node.id);
  const declaration = definitions.get(node.type);
  const outcome = declaration ? throughOutcome(outcomesOf(declaration, node.config, node.version)) : null;
  if (!edge || outcome === null) return;
  const { position, moved } = roomOnEdge(graph, edge, known ? node.id : null);
  const edges = splitEdge(graph, edge, { id: node.id, outcome });
  const placed = { ...node, position };
  const proposed = await session.language.propose(withNodeOnEdge(graph, edge, placed, edges), edges[0]);
  session.document.dispatch({
    kind: 'insert-on-edge',
    edgeId,
    nodeId: node.id,
    node: known ? null : placed,
    edges,
    bindings: bindingsFor(node.id, proposed),
    moved: known ? { ...moved, nodes: { ...moved.nodes, [node.id]: position } } : moved,
    ...groupAround(graph, edge),
  });
  select(session, { nodes: [node.id] });
}

function groupAround(graph: Graph, { from, to }: { from: string; to: string }): { into?: string } {
  const [before, after] = [from, to].map((id) => groupOf(graph, { kind: 'nodes', id })?.id);
  return before !== undefined && before === after ? { into: before } : {};
}

/** Leads an edge elsewhere and binds what its target lacks, as one undoable edit. False: it is not allowed, or leads there already. */
export async function reconnect(
  session: EditorSession,
  edgeId: string,
  ends: WireEnd & { to: string },
): Promise<boolean> {
  const graph = graphOf(session);
  const before = graph.edges.find(({ id }) => id === edgeId);
  if (!before || sameEnds(before, ends)) return false;
  const rest = withoutEdge(graph, edgeId);
  if (!mayConnect(wiringOf(rest, definitions), ends)) return false;
  const proposed = await session.language.propose(rest, ends);
  const edge = { id: edgeId, ...ends };
  session.document.dispatch({ kind: 'reconnect', edgeId, edge, bindings: bindingsFor(ends.to, proposed) });
  select(session, { edges: [edgeId] });
  return true;
}

export function withoutEdge(graph: Graph, edgeId: string | null): Graph {
  return edgeId === null ? graph : { ...graph, edges: graph.edges.filter(({ id }) => id !== edgeId) };
}

function sameEnds(a: WireEnd & { to: string }, b: WireEnd & { to: string }): boolean {
  return a.from === b.from && a.outcome === b.outcome && a.to === b.to;
}
