import type { Graph, GraphEdge, GraphGroup, Prompt } from '#nodes/core/graph.ts';
import { sameJson } from '../saving/same-json.ts';
import type { Fragment, Position, Selection } from './command.ts';
import { withMembers } from './groups.ts';
import { freeId, newEdge } from './ids.ts';
import { promptsOf, withPromptIds } from './prompts.ts';
import { renameInNode } from './rename-node.ts';

/**
 * The selected nodes and notes, with the edges between selected nodes, the groups that are selected whole and the
 * prompts that the nodes are given.
 */
export function fragmentOf(graph: Graph, selection: Selection): Fragment {
  const all = withMembers(graph, selection);
  const nodes = new Set(all.nodes);
  const notes = new Set(all.notes);
  const groups = (graph.groups ?? []).filter(
    (group) => group.nodes.every((id) => nodes.has(id)) && group.notes.every((id) => notes.has(id)),
  );
  const said = new Set(graph.nodes.filter((node) => nodes.has(node.id)).flatMap(promptsOf));
  const prompts = (graph.prompts ?? []).filter(({ id }) => said.has(id));
  return {
    nodes: graph.nodes.filter((node) => nodes.has(node.id)),
    edges: graph.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to)),
    notes: graph.notes.filter((note) => notes.has(note.id)),
    ...(groups.length > 0 ? { groups } : {}),
    ...(prompts.length > 0 ? { prompts } : {}),
  };
}

/**
 * The fragment made fit to be inserted: ids that are taken get free ones and references within the fragment follow;
 * everything moves by `offset`. Edges that lead out of the fragment are dropped. A prompt that is in the graph with the
 * same words is the same prompt.
 */
export function adoptFragment(graph: Graph, fragment: Fragment, offset: Position): Fragment {
  const nodeIds = freshIds(graph.nodes, fragment.nodes, 56);
  const noteIds = freshIds(graph.notes, fragment.notes, 190);
  const { ids: promptIds, prompts } = freshPrompts(graph, fragment.prompts ?? []);
  return {
    nodes: fragment.nodes
      .map((node) => withPromptIds(renameInNode(node, nodeIds), promptIds))
      .map((node) => ({ ...node, position: plus(node.position, offset) })),
    edges: freshEdges(graph, fragment.edges, nodeIds),
    notes: fragment.notes.map((note) => ({
      ...note,
      id: noteIds.get(note.id) ?? note.id,
      position: plus(note.position, offset),
    })),
    ...freshGroups(graph, fragment.groups ?? [], { nodes: nodeIds, notes: noteIds }),
    ...(prompts.length > 0 ? { prompts } : {}),
  };
}

function freshPrompts(graph: Graph, added: readonly Prompt[]): { ids: Map<string, string>; prompts: Prompt[] } {
  const there = new Map((graph.prompts ?? []).map((prompt) => [prompt.id, prompt]));
  const other = added.filter((prompt) => !sameJson(there.get(prompt.id), prompt));
  const ids = freshIds(graph.prompts ?? [], other, 56);
  return { ids, prompts: other.map((prompt) => ({ ...prompt, id: ids.get(prompt.id) ?? prompt.id })) };
}

/** What `adoptFragment` made, as a selection. Groups are selected by their frames. */
export function selectionOf(fragment: Fragment): Selection {
  const groups = fragment.groups ?? [];
  const framed = {
    nodes: new Set(groups.flatMap(({ nodes }) => nodes)),
    notes: new Set(groups.flatMap((g) => g.notes)),
  };
  return {
    nodes: fragment.nodes.map((node) => node.id).filter((id) => !framed.nodes.has(id)),
    edges: [],
    notes: fragment.notes.map((note) => note.id).filter((id) => !framed.notes.has(id)),
    groups: groups.map(({ id }) => id),
  };
}

type Identified = readonly { id: string }[];

/** An id for each of the fragment's elements that is free in the graph and in the fragment. */
function freshIds(present: Identified, added: Identified, longest: number): Map<string, string> {
  const there = new Set(present.map(({ id }) => id));
  const taken = new Set([...there, ...added.map(({ id }) => id)]);
  return new Map(
    added.map(({ id }) => {
      const fresh = there.has(id) ? freeId(id.slice(0, longest), taken) : id;
      taken.add(fresh);
      return [id, fresh];
    }),
  );
}

function freshEdges(graph: Graph, edges: readonly GraphEdge[], nodeIds: ReadonlyMap<string, string>): GraphEdge[] {
  const made: GraphEdge[] = [];
  const taken = new Set(graph.edges.map(({ id }) => id));
  for (const { from, outcome, to } of edges) {
    const ends = { from: nodeIds.get(from), to: nodeIds.get(to) };
    if (ends.from === undefined || ends.to === undefined) continue;
    const edge = newEdge(taken, { from: ends.from, outcome, to: ends.to });
    taken.add(edge.id);
    made.push(edge);
  }
  return made;
}

type NewIds = { nodes: ReadonlyMap<string, string>; notes: ReadonlyMap<string, string> };

function freshGroups(graph: Graph, groups: readonly GraphGroup[], ids: NewIds): Pick<Fragment, 'groups'> {
  if (groups.length === 0) return {};
  const groupIds = freshIds(graph.groups ?? [], groups, 190);
  const named = (names: ReadonlyMap<string, string>, members: string[]) => members.flatMap((id) => names.get(id) ?? []);
  return {
    groups: groups.map((group) => ({
      ...group,
      id: groupIds.get(group.id) ?? group.id,
      nodes: named(ids.nodes, group.nodes),
      notes: named(ids.notes, group.notes),
    })),
  };
}

function plus(position: Position, offset: Position): Position {
  return { x: Math.round(position.x + offset.x), y: Math.round(position.y + offset.y) };
}
