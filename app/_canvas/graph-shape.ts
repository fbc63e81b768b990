import { bodyOutcome, passingOutcome } from '#nodes/core/compile/main-outcome.ts';
import type { NodeDefinitions, NodeKind } from '#nodes/core/define-node.ts';
import type { Graph, GraphEdge, GraphNode } from '#nodes/core/graph.ts';
import { outcomesOf } from './card-model.ts';

/** How the nodes of a graph hang together, whatever their configuration. Safe for graphs with cycles. */
export type GraphShape = {
  ids: string[];
  edges: readonly GraphEdge[];
  incoming: ReadonlyMap<string, GraphEdge[]>;
  outgoing: ReadonlyMap<string, GraphEdge[]>;
  /** Nodes with a body: For each and Repeat. */
  maps: ReadonlySet<string>;
  /** The For each or Repeat whose body a node belongs to; null: none. Absent: nothing leads to the node yet. */
  scopes: ReadonlyMap<string, string | null>;
  /** Disabled nodes, which runs pass over, with the outcome that they go on by; null: none. */
  passed: ReadonlyMap<string, string | null>;
};

export { bodyOutcome };

/** Whether nodes of a kind repeat what hangs on their outcome `each`. */
export function hasBody(kind: NodeKind | undefined): boolean {
  return kind === 'map' || kind === 'loop' || kind === 'agent';
}

/** Reads the shape off a graph, in time linear in its size. */
export function shapeOf(graph: Graph, definitions: NodeDefinitions): GraphShape {
  const ids = graph.nodes.map((node) => node.id);
  const known = new Set(ids);
  const edges = graph.edges.filter((edge) => known.has(edge.from) && known.has(edge.to));
  const maps = new Set(graph.nodes.filter((node) => hasBody(definitions.get(node.type)?.kind)).map(({ id }) => id));
  const triggers = graph.nodes.filter((node) => definitions.get(node.type)?.kind === 'trigger').map(({ id }) => id);
  const outgoing = groupBy(edges, 'from');
  return {
    ids,
    edges,
    incoming: groupBy(edges, 'to'),
    outgoing,
    maps,
    scopes: scopesFrom(triggers, outgoing, maps),
    passed: new Map(
      graph.nodes.flatMap((node) => (node.disabled ? [[node.id, passing(node, definitions, outgoing)] as const] : [])),
    ),
  };
}

function passing(
  { id, type, version, config }: GraphNode,
  definitions: NodeDefinitions,
  outgoing: ReadonlyMap<string, GraphEdge[]>,
): string | null {
  const declaration = definitions.get(type);
  if (declaration?.kind === 'trigger') return null;
  const wired = (outgoing.get(id) ?? []).map(({ outcome }) => outcome);
  return passingOutcome(declaration?.kind, declaration ? outcomesOf(declaration, config, version) : wired);
}

/** The scope that an edge leads into. Undefined where its source has none yet. */
export function scopeBehind(
  shape: Pick<GraphShape, 'maps' | 'scopes'>,
  ends: { from: string; outcome: string },
): string | null | undefined {
  return shape.maps.has(ends.from) && ends.outcome === bodyOutcome ? ends.from : shape.scopes.get(ends.from);
}

/** All nodes that can be reached from `start`, itself left out. */
export function reachableFrom(shape: Pick<GraphShape, 'outgoing'>, start: string): Set<string> {
  return walk(start, (id) => (shape.outgoing.get(id) ?? []).map((edge) => edge.to));
}

/** All nodes from which `end` can be reached, itself left out. */
export function reaching(shape: Pick<GraphShape, 'incoming'>, end: string): Set<string> {
  return walk(end, (id) => (shape.incoming.get(id) ?? []).map((edge) => edge.from));
}

function scopesFrom(
  triggers: string[],
  outgoing: ReadonlyMap<string, GraphEdge[]>,
  maps: ReadonlySet<string>,
): Map<string, string | null> {
  const scopes = new Map<string, string | null>(triggers.map((id) => [id, null]));
  const queue = [...triggers];
  for (const id of queue)
    for (const edge of outgoing.get(id) ?? []) {
      if (scopes.has(edge.to)) continue;
      scopes.set(edge.to, scopeBehind({ maps, scopes }, edge) ?? null);
      queue.push(edge.to);
    }
  return scopes;
}

function walk(start: string, next: (id: string) => string[]): Set<string> {
  const seen = new Set<string>();
  const queue = next(start);
  for (const id of queue) {
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...next(id));
  }
  return seen;
}

function groupBy(edges: readonly GraphEdge[], end: 'from' | 'to'): Map<string, GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(edge[end]);
    if (group) group.push(edge);
    else groups.set(edge[end], [edge]);
  }
  return groups;
}
