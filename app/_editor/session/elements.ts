import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { groupFlowId, groupIdOf, noteFlowId, noteIdOf } from '#app/_canvas/flow-elements.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { addNoteLabel, type Selection } from '../document/command.ts';
import { groupOf, withMembers } from '../document/groups.ts';
import { newGroupId } from '../document/ids.ts';
import { renaming } from '../document/rename.ts';
import { type Alignment, alignments, alignShifts, neededFor } from '../layout/align.ts';
import { shifted, unitsOf } from '../layout/boxes.ts';
import { select } from './actions.ts';
import type { EditorSession } from './session.ts';

const graphOf = (session: EditorSession): Graph => session.document.store.getState().graph;
const selected = (session: EditorSession): Selection => session.ui.getState().selection;

/** The selection with everything in the selected groups. */
export function selectedMembers(session: EditorSession): Selection {
  return withMembers(graphOf(session), selected(session));
}

/** Puts what is selected into one group; selected groups become part of it. Its title is to be written at once. */
export function groupSelection(session: EditorSession): boolean {
  const graph = graphOf(session);
  const { nodes, notes } = selectedMembers(session);
  if (nodes.length + notes.length === 0) return false;
  const [keep, ...rest] = selected(session).groups ?? [];
  const title = graph.groups?.find(({ id }) => id === keep)?.title ?? '';
  const id = newGroupId(graph);
  session.document.settle();
  session.document.dispatch({ kind: 'group', group: { id, title, nodes, notes } });
  select(session, { groups: [id] });
  if (keep === undefined || rest.length > 0) session.ui.setState({ inPlace: groupFlowId(id) });
  return true;
}

/** The groups that the selection is about: those whose frames are selected, else those that hold what is selected. */
export function groupsOfSelection(session: EditorSession): string[] {
  const graph = graphOf(session);
  const { nodes, notes, groups = [] } = selected(session);
  if (groups.length > 0) return groups;
  const found = [
    ...nodes.map((id) => groupOf(graph, { kind: 'nodes', id })),
    ...notes.map((id) => groupOf(graph, { kind: 'notes', id })),
  ];
  return [...new Set(found.flatMap((group) => group?.id ?? []))];
}

/** Takes the frames away; what was in them stays and is selected. */
export function ungroupSelection(session: EditorSession): boolean {
  const groupIds = groupsOfSelection(session);
  const members = withMembers(graphOf(session), { nodes: [], edges: [], notes: [], groups: groupIds });
  if (!session.document.dispatch({ kind: 'ungroup', groupIds })) return false;
  select(session, { nodes: members.nodes, notes: members.notes });
  return true;
}

/** Deletes what is selected and everything in the selected groups. */
export function removeWithMembers(session: EditorSession): boolean {
  const removed = session.document.dispatch({ kind: 'remove', selection: selectedMembers(session) });
  if (removed) select(session, {});
  return removed;
}

export function leaveGroup(session: EditorSession): boolean {
  const { nodes, notes } = selected(session);
  return session.document.dispatch({ kind: 'leave-group', nodes, notes });
}

/** Disables the selected nodes, or, where all of them are, enables them again. */
export function toggleDisabled(session: EditorSession): boolean {
  const { nodes } = selectedMembers(session);
  if (nodes.length === 0) return false;
  session.document.settle();
  return session.document.dispatch({ kind: 'set-disabled', nodeIds: nodes, disabled: !allDisabled(session) });
}

export function allDisabled(session: EditorSession): boolean {
  const chosen = new Set(selectedMembers(session).nodes);
  return graphOf(session).nodes.every(({ id, disabled }) => !chosen.has(id) || disabled === true);
}

/** Aligns or distributes what is selected, groups as one each. */
export function align(session: EditorSession, how: Alignment): boolean {
  const graph = graphOf(session);
  const units = unitsOf(graph, selected(session), cardModels(graph, definitions));
  if (units.length < neededFor(how)) return false;
  const shifts = alignShifts(units, how);
  const moved = shifted(graph, units, (_unit, index) => shifts[index] ?? { x: 0, y: 0 });
  session.document.settle();
  return session.document.dispatch({ kind: 'arrange', ...moved, label: alignments[how] });
}

/** How many things there are to align: cards, notes and whole groups. */
export function alignable(session: EditorSession): number {
  const graph = graphOf(session);
  return unitsOf(graph, selected(session), cardModels(graph, definitions)).length;
}

/** Begins to edit what is selected where it stands: the title of a node or a group, the text of a note. */
export function rename(session: EditorSession): boolean {
  const { nodes, notes, groups = [] } = selected(session);
  const [group] = groups;
  if (groups.length === 1 && group !== undefined) return editInPlace(session, groupFlowId(group));
  const [node, note] = [nodes[0], notes[0]];
  if (nodes.length === 1 && node !== undefined) return editInPlace(session, node);
  if (nodes.length === 0 && notes.length === 1 && note !== undefined) return editInPlace(session, noteFlowId(note));
  return false;
}

export function editInPlace(session: EditorSession, flowId: string): boolean {
  session.ui.setState({ inPlace: flowId, sheet: null });
  session.view?.show(flowId);
  return true;
}

/** Takes over what was edited in place; null: it was given up. */
export function settleInPlace(session: EditorSession, flowId: string, text: string | null): void {
  session.ui.setState({ inPlace: null });
  const [noteId, groupId] = [noteIdOf(flowId), groupIdOf(flowId)];
  session.document.settle();
  if (noteId !== null) settleNote(session, noteId, text);
  else if (groupId !== null) {
    if (text !== null && titleOf(session, groupId) !== text.trim())
      session.document.dispatch({ kind: 'set-group-title', groupId, title: text.trim() });
  } else if (text !== null) renameNode(session, flowId, text.trim());
  session.document.settle();
  session.view?.focusElement(flowId);
}

/** A note and its first text are one edit; a note that is left empty is none. */
function settleNote(session: EditorSession, noteId: string, text: string | null): void {
  const { graph, past } = session.document.store.getState();
  const note = graph.notes.find(({ id }) => id === noteId);
  if (!note) return;
  const written = text ?? note.text;
  const fresh = note.text === '' && past.at(-1)?.label === addNoteLabel;
  if (fresh) session.document.undo();
  if (written.trim() === '') {
    if (!fresh) session.document.dispatch({ kind: 'remove', selection: { nodes: [], edges: [], notes: [noteId] } });
    select(session, {});
  } else if (fresh) {
    const fragment = { nodes: [], edges: [], notes: [{ ...note, text: written }] };
    session.document.dispatch({ kind: 'insert', fragment });
  } else if (written !== note.text) session.document.dispatch({ kind: 'set-note', noteId, text: written });
}

function titleOf(session: EditorSession, groupId: string): string | undefined {
  return graphOf(session).groups?.find(({ id }) => id === groupId)?.title;
}

/** Gives a node another title; its id and all references follow as long as nobody chose the id and nothing is pinned. */
function renameNode(session: EditorSession, nodeId: string, title: string): void {
  const command = renaming(graphOf(session), nodeId, title, session.pins.has(nodeId));
  if (!command) return;
  session.document.dispatch(command);
  const now = command.kind === 'rename-node' ? command.to : nodeId;
  if (now !== nodeId && selected(session).nodes.includes(nodeId)) select(session, { nodes: [now] });
}

/** Opens the comment of the selected node, or of the one that is named, for writing. */
export function openComment(session: EditorSession, nodeId = selected(session).nodes[0]): boolean {
  if (nodeId === undefined) return false;
  if (!selected(session).nodes.includes(nodeId)) select(session, { nodes: [nodeId] });
  const turn = (session.ui.getState().commenting?.turn ?? 0) + 1;
  session.ui.setState({ commenting: { nodeId, turn }, sheet: 'inspector' });
  return true;
}
