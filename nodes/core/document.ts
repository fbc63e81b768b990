import { guard } from './compile/guard.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Graph, GraphNode } from './graph.ts';
import { canonicalJson } from './json.ts';

/** A graph with nothing in it. */
export function newGraph(name: string): Graph {
  return { format: 'solograph/graph', version: 1, name, description: '', nodes: [], edges: [], notes: [] };
}

/** Reads a document as a graph, defaults filled in. Total: it answers null and what is wrong for all that is none. */
export function parseGraph(document: unknown): { graph: Graph | null; diagnostics: Diagnostic[] } {
  return guard(document);
}

/**
 * The same graph with nodes, edges, notes and all members in a fixed order, so that two exports of it are one text and
 * a comparison of two versions shows what changed.
 */
export function canonicalGraph(graph: Graph): Graph {
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return {
    format: graph.format,
    version: graph.version,
    name: graph.name,
    description: graph.description,
    nodes: graph.nodes.map(canonicalNode).sort(byId),
    edges: graph.edges.map(({ id, from, outcome, to }) => ({ id, from, outcome, to })).sort(byId),
    notes: graph.notes.map((note) => ordered(note)).sort(byId),
  };
}

function canonicalNode(node: GraphNode): GraphNode {
  const { id, type, version, title, config, inputs, position, retry, timeoutMs } = node;
  return {
    id,
    type,
    version,
    ...(title === undefined ? {} : { title }),
    config: ordered(config),
    inputs: ordered(inputs),
    position: { x: position.x, y: position.y },
    ...(retry ? { retry: ordered(retry) } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

/** A JSON value with the members of its objects sorted by name. */
function ordered<Value>(value: Value): Value {
  return JSON.parse(canonicalJson(value)) as Value;
}
