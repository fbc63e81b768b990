import {
  CircleSlash,
  ClipboardPaste,
  Copy,
  Group,
  LogOut,
  MessageSquareText,
  Scissors,
  Trash2,
  Ungroup,
} from 'lucide-react';
import { groupOf } from '../document/groups.ts';
import { type Alignment, alignments, neededFor } from '../layout/align.ts';
import { alignmentIcons } from '../layout/alignment-icons.ts';
import {
  align,
  alignable,
  allDisabled,
  groupSelection,
  groupsOfSelection,
  leaveGroup,
  openComment,
  removeWithMembers,
  selectedMembers,
  toggleDisabled,
  ungroupSelection,
} from '../session/elements.ts';
import type { EditorSession } from '../session/session.ts';
import type { EditorKey } from './editor-key.ts';
import { copyToSystem, pasteFromSystem } from './system-clipboard.ts';
import { needsNode, needsSome } from './why.ts';

const nodeOf = (session: EditorSession) => {
  const [id] = session.ui.getState().selection.nodes;
  return session.document.store.getState().graph.nodes.find((node) => node.id === id);
};

/** Whether something that is selected by itself is in a group. */
function inGroup(session: EditorSession): boolean {
  const { graph } = session.document.store.getState();
  const { nodes, notes } = session.ui.getState().selection;
  const isMember = (kind: 'nodes' | 'notes') => (id: string) => groupOf(graph, { kind, id }) !== undefined;
  return nodes.some(isMember('nodes')) || notes.some(isMember('notes'));
}

const clipboardActions: EditorKey[] = [
  {
    keys: ['mod+x'],
    native: true,
    text: 'Cut',
    group: 'Edit',
    id: 'cut',
    icon: Scissors,
    why: needsSome,
    act: (session) => void copyToSystem(session, 'cut'),
  },
  {
    keys: ['mod+c'],
    native: true,
    text: 'Copy, also into a text file',
    group: 'Edit',
    id: 'copy',
    icon: Copy,
    title: () => 'Copy',
    why: needsSome,
    act: (session) => void copyToSystem(session, 'copy'),
  },
  {
    keys: ['mod+v'],
    native: true,
    text: 'Paste, also from a text file',
    group: 'Edit',
    id: 'paste',
    icon: ClipboardPaste,
    title: () => 'Paste',
    act: (session) => void pasteFromSystem(session, session.ui.getState().menuAt),
  },
];

const groupActions: EditorKey[] = [
  {
    keys: ['mod+g'],
    text: 'Group',
    group: 'Arrange',
    id: 'group',
    icon: Group,
    words: 'frame section',
    why: needsSome,
    act: (session) => void groupSelection(session),
  },
  {
    keys: ['mod+shift+g'],
    text: 'Ungroup',
    group: 'Arrange',
    id: 'ungroup',
    icon: Ungroup,
    why: (session) => (groupsOfSelection(session).length > 0 ? null : 'Select a group, or something in one, first'),
    act: (session) => void ungroupSelection(session),
  },
  {
    keys: [],
    text: 'Take out of the group',
    group: 'Arrange',
    id: 'leave-group',
    icon: LogOut,
    why: (session) => (inGroup(session) ? null : 'Select something that is in a group first'),
    act: leaveGroup,
  },
  {
    keys: ['shift+Delete', 'shift+Backspace'],
    text: 'Delete the group with what is in it',
    group: 'Edit',
    id: 'delete-with-members',
    icon: Trash2,
    danger: true,
    title: (session) => `Delete with ${countIn(session)} inside`,
    why: (session) => (session.ui.getState().selection.groups?.length ? null : 'Select the frame of a group first'),
    act: (session) => (session.ui.getState().selection.groups?.length ? removeWithMembers(session) : false),
  },
];

function countIn(session: EditorSession): string {
  const { nodes, notes } = selectedMembers(session);
  return `the ${nodes.length + notes.length}`;
}

const nodeActions: EditorKey[] = [
  {
    keys: ['d'],
    text: 'Disable or enable',
    group: 'Edit',
    id: 'disable',
    icon: CircleSlash,
    words: 'switch off skip bypass mute',
    title: (session) => (selectedMembers(session).nodes.length > 0 && allDisabled(session) ? 'Enable' : 'Disable'),
    why: (session) => (selectedMembers(session).nodes.length > 0 ? null : 'Select a node first'),
    act: (session) => void toggleDisabled(session),
  },
  {
    keys: [],
    text: 'Comment',
    group: 'Edit',
    id: 'comment',
    icon: MessageSquareText,
    words: 'remark describe annotate',
    title: (session) => (nodeOf(session)?.comment === undefined ? 'Comment' : 'Edit the comment'),
    why: needsNode,
    act: (session) => openComment(session),
  },
];

const alignActions = (Object.keys(alignments) as Alignment[]).map((how): EditorKey => {
  const needed = neededFor(how);
  return {
    keys: [],
    text: alignments[how],
    group: 'Arrange',
    id: `align-${how}`,
    icon: alignmentIcons[how],
    why: (session) => (alignable(session) >= needed ? null : `Select ${needed === 2 ? 'two' : 'three'} things first`),
    act: (session) => align(session, how),
  };
});

/** What can be done to cards, notes and groups. */
export const elementActions: EditorKey[] = [...clipboardActions, ...nodeActions, ...groupActions, ...alignActions];
