import type { Graph, GraphGroup } from '#nodes/core/graph.ts';
import type { Selection } from './command.ts';

type Members = Pick<Selection, 'nodes' | 'notes'>;

/** Adds groups. Their members leave the group they were in; what is not on the drawing is no member. */
export function addGroups(draft: Graph, groups: readonly GraphGroup[]): void {
  const nodes = new Set(draft.nodes.map(({ id }) => id));
  const notes = new Set(draft.notes.map(({ id }) => id));
  for (const group of groups) {
    const made = {
      ...group,
      nodes: group.nodes.filter((id) => nodes.has(id)),
      notes: group.notes.filter((id) => notes.has(id)),
    };
    if (isEmpty(made) || draft.groups?.some(({ id }) => id === made.id)) continue;
    leaveGroups(draft, made);
    put(draft, [...(draft.groups ?? []), made]);
  }
}

/** The group takes what was just added, as far as that did not bring a group of its own. */
export function joinGroup(draft: Graph, groupId: string, added: { nodes: { id: string }[]; notes: { id: string }[] }) {
  const free = (kind: 'nodes' | 'notes') =>
    added[kind].map(({ id }) => id).filter((id) => groupOf(draft, { kind, id }) === undefined);
  const [nodes, notes] = [free('nodes'), free('notes')];
  updateGroup(draft, groupId, (group) => ({
    ...group,
    nodes: [...group.nodes, ...nodes],
    notes: [...group.notes, ...notes],
  }));
}

/** The group takes what is on the drawing already, out of whatever group that was in. */
export function moveToGroup(draft: Graph, groupId: string, { nodes, notes }: Members): void {
  const group = draft.groups?.find(({ id }) => id === groupId);
  if (!group) return;
  const [inNodes, inNotes] = [new Set(group.nodes), new Set(group.notes)];
  const coming = {
    nodes: nodes.filter((id) => !inNodes.has(id) && draft.nodes.some((node) => node.id === id)),
    notes: notes.filter((id) => !inNotes.has(id) && draft.notes.some((note) => note.id === id)),
  };
  leaveGroups(draft, coming);
  updateGroup(draft, groupId, (before) => ({
    ...before,
    nodes: [...before.nodes, ...coming.nodes],
    notes: [...before.notes, ...coming.notes],
  }));
}

/** Takes frames away; what was in them stays. */
export function dropGroups(draft: Graph, groupIds: readonly string[]): void {
  const dropped = new Set(groupIds);
  if (draft.groups?.some(({ id }) => dropped.has(id)))
    put(
      draft,
      draft.groups.filter(({ id }) => !dropped.has(id)),
    );
}

/** Takes nodes and notes out of their groups. A group without members is none. */
export function leaveGroups(draft: Graph, { nodes, notes }: Members): void {
  const [leavingNodes, leavingNotes] = [new Set(nodes), new Set(notes)];
  const before = draft.groups ?? [];
  const after = before.map((group) => {
    const left = {
      nodes: group.nodes.filter((id) => !leavingNodes.has(id)),
      notes: group.notes.filter((id) => !leavingNotes.has(id)),
    };
    return sizeOf(left) === sizeOf(group) ? group : { ...group, ...left };
  });
  if (after.some((group, at) => group !== before[at]))
    put(
      draft,
      after.filter((group) => !isEmpty(group)),
    );
}

/** Replaces one group whole. */
export function updateGroup(draft: Graph, groupId: string, change: (group: GraphGroup) => GraphGroup): void {
  if (!draft.groups?.some(({ id }) => id === groupId)) return;
  put(
    draft,
    draft.groups.map((group) => (group.id === groupId ? change(group) : group)),
  );
}

/** The group that a node or a note is in. */
export function groupOf(graph: Graph, member: { kind: 'nodes' | 'notes'; id: string }): GraphGroup | undefined {
  return graph.groups?.find((group) => group[member.kind].includes(member.id));
}

/** A selection with the members of the selected groups; `groups` stays as it was. */
export function withMembers(graph: Graph, selection: Selection): Selection {
  if (!selection.groups?.length) return selection;
  const chosen = new Set(selection.groups);
  const groups = (graph.groups ?? []).filter(({ id }) => chosen.has(id));
  return {
    ...selection,
    nodes: [...new Set([...selection.nodes, ...groups.flatMap((group) => group.nodes)])],
    notes: [...new Set([...selection.notes, ...groups.flatMap((group) => group.notes)])],
  };
}

function put(draft: Graph, groups: GraphGroup[]): void {
  if (groups.length === 0) delete draft.groups;
  else draft.groups = groups;
}

function sizeOf({ nodes, notes }: Members): number {
  return nodes.length + notes.length;
}

function isEmpty(members: Members): boolean {
  return sizeOf(members) === 0;
}
