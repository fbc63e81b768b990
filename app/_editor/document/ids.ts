import type { Graph, GraphEdge } from '#nodes/core/graph.ts';

/** The first of `base`, `base2`, `base3` … that is not taken. */
export function freeId(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let count = 2; ; count++) {
    const candidate = `${base}${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Id of a new node: the last word of its type, `llm.generate` → `generate`, so that expressions read well. */
export function newNodeId(graph: Graph, type: string): string {
  const word = type.slice(type.lastIndexOf('.') + 1).replace(/[^A-Za-z0-9_]/g, '_');
  const base = /^[A-Za-z_]/.test(word) ? word : `node_${word}`;
  return freeId(base.slice(0, 56), new Set(graph.nodes.map((node) => node.id)));
}

/** A new edge; its id says where it leads, as far as that is free. */
export function newEdge(edges: readonly GraphEdge[], ends: Omit<GraphEdge, 'id'>): GraphEdge {
  return { id: freeId(`${ends.from}-${ends.outcome}-${ends.to}`, new Set(edges.map((edge) => edge.id))), ...ends };
}

export function newNoteId(graph: Graph): string {
  return freeId('note', new Set(graph.notes.map((note) => note.id)));
}
