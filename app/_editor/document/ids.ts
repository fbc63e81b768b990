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

/** A new edge; its id says where it leads, as far as that is free. `edges`: those that are there, or their ids. */
export function newEdge(edges: readonly GraphEdge[] | ReadonlySet<string>, ends: Omit<GraphEdge, 'id'>): GraphEdge {
  const taken = Array.isArray(edges) ? new Set((edges as GraphEdge[]).map(({ id }) => id)) : (edges as Set<string>);
  return { id: freeId(`${ends.from}-${ends.outcome}-${ends.to}`, taken), ...ends };
}

export function newNoteId(graph: Graph): string {
  return freeId('note', new Set(graph.notes.map((note) => note.id)));
}

export function newGroupId(graph: Graph): string {
  return freeId('group', new Set(graph.groups?.map((group) => group.id)));
}

/** A title as an id, `Draft the offer` → `draft_the_offer`, so that expressions read well; null where nothing is left of it. */
export function idFromTitle(title: string): string | null {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  if (words === '') return null;
  const id = (/^[a-z]/.test(words) ? words : `node_${words}`).slice(0, 56).replace(/_+$/, '');
  return reserved.has(id) ? `${id}_node` : id;
}

const reserved: ReadonlySet<string> = new Set(['constructor', 'prototype']);
