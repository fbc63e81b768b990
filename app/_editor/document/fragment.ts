import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import type { Fragment, Position, Selection } from './command.ts';
import { freeId, newEdge } from './ids.ts';
import { renameInNode } from './rename-node.ts';

/** The selected nodes and notes, with the edges between selected nodes. */
export function fragmentOf(graph: Graph, selection: Selection): Fragment {
  const nodes = new Set(selection.nodes);
  const notes = new Set(selection.notes);
  return {
    nodes: graph.nodes.filter((node) => nodes.has(node.id)),
    edges: graph.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to)),
    notes: graph.notes.filter((note) => notes.has(note.id)),
  };
}

/** The fragment as a graph document: what the clipboard holds, so that it pastes into a text file and back. */
export function toClipboardText(graph: Graph, fragment: Fragment): string {
  const document: Graph = { ...graph, description: '', ...fragment };
  return JSON.stringify(document, null, 2);
}

/** Reads a graph document from clipboard text; null where it is none. */
export function fromClipboardText(text: string): Fragment | null {
  const document = parseJson(text);
  const parsed = graphSchema.safeParse(document);
  if (!parsed.success) return null;
  const { nodes, edges, notes } = parsed.data;
  return nodes.length + notes.length === 0 ? null : { nodes, edges, notes };
}

/**
 * The fragment made fit to be inserted: ids that are taken get free ones and references within the fragment follow;
 * everything moves by `offset`. Edges that lead out of the fragment are dropped.
 */
export function adoptFragment(graph: Graph, fragment: Fragment, offset: Position): Fragment {
  const taken = new Set(graph.nodes.map((node) => node.id));
  const renames = new Map<string, string>();
  let nodes = fragment.nodes;
  for (const { id } of fragment.nodes) {
    const fresh = freeId(id.slice(0, 56), new Set([...taken, ...fragmentIdsExcept(fragment, id)]));
    renames.set(id, fresh);
    taken.add(fresh);
    if (fresh !== id) nodes = nodes.map((node) => renameInNode(node, id, fresh));
  }
  const edges = [...graph.edges];
  for (const { from, outcome, to } of fragment.edges) {
    const ends = { from: renames.get(from), to: renames.get(to) };
    if (ends.from !== undefined && ends.to !== undefined)
      edges.push(newEdge(edges, { from: ends.from, outcome, to: ends.to }));
  }
  const noteIds = new Set(graph.notes.map((note) => note.id));
  return {
    nodes: nodes.map((node) => ({ ...node, position: plus(node.position, offset) })),
    edges: edges.slice(graph.edges.length),
    notes: fragment.notes.map((note) => {
      const id = freeId(note.id, noteIds);
      noteIds.add(id);
      return { ...note, id, position: plus(note.position, offset) };
    }),
  };
}

/** What `adoptFragment` made, as a selection. */
export function selectionOf(fragment: Fragment): Selection {
  return { nodes: fragment.nodes.map((node) => node.id), edges: [], notes: fragment.notes.map((note) => note.id) };
}

function fragmentIdsExcept(fragment: Fragment, id: string): string[] {
  return fragment.nodes.map((node) => node.id).filter((other) => other !== id);
}

function plus(position: Position, offset: Position): Position {
  return { x: Math.round(position.x + offset.x), y: Math.round(position.y + offset.y) };
}

function parseJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
