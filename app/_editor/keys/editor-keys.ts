import {
  Activity,
  CircleDollarSign,
  CopyPlus,
  Keyboard,
  ListTodo,
  Maximize,
  Pencil,
  Pin,
  Play,
  Plus,
  Redo2,
  Save,
  ScanEye,
  ShieldQuestionMark,
  SquareArrowOutUpRight,
  SquareDashedMousePointer,
  StickyNote,
  Timer,
  Trash2,
  TriangleAlert,
  Undo2,
  Wand,
  X,
} from 'lucide-react';
import { focusLibrary } from '../canvas/focus-library.ts';
import { insertByTab, openPickerOnEdge } from '../connect/open-picker.ts';
import type { Position } from '../document/command.ts';
import { closeFind } from '../find/find.ts';
import { togglePin } from '../pins/toggle-pin.ts';
import { addNote, nudge, redo, removeSelection, select, selectAll, undo } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import { rename } from '../session/elements.ts';
import { stepProblem } from '../session/problems.ts';
import type { EditorSession } from '../session/session.ts';
import { tidy } from '../session/tidy.ts';
import type { Overlay } from '../session/ui-store.ts';
import { leaveTravel } from '../travel/travel.ts';
import type { EditorKey } from './editor-key.ts';
import { elementActions } from './element-actions.ts';
import { keyboardActions } from './keyboard-actions.ts';
import { openSelected } from './open-selected.ts';
import { runActions } from './run-actions.ts';
import { viewActions } from './view-actions.ts';
import { needsNode, needsOne, needsSome } from './why.ts';

export type { EditorKey } from './editor-key.ts';

const toggle = (name: Overlay) => (session: EditorSession) =>
  session.ui.setState(({ overlays }) => ({ overlays: { ...overlays, [name]: !overlays[name] } }));
const arrows: Record<string, Position> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const nudgeBy = (px: number) => (session: EditorSession, key: string) => {
  const { x, y } = arrows[key] ?? { x: 0, y: 0 };
  return nudge(session, { x: x * px, y: y * px });
};

/** Every action of the editor, in one list. */
export const editorKeys: EditorKey[] = [
  {
    keys: ['mod+z'],
    text: 'Undo',
    group: 'Edit',
    icon: Undo2,
    title: (session) => stepTitle('Undo', session.document.store.getState().past),
    why: (session) => (session.document.store.getState().past.length > 0 ? null : 'Nothing to undo'),
    act: undo,
  },
  {
    keys: ['mod+shift+z', 'mod+y'],
    text: 'Redo',
    group: 'Edit',
    icon: Redo2,
    title: (session) => stepTitle('Redo', session.document.store.getState().future),
    why: (session) => (session.document.store.getState().future.length > 0 ? null : 'Nothing to redo'),
    act: redo,
  },
  {
    keys: ['mod+d'],
    text: 'Duplicate',
    group: 'Edit',
    id: 'duplicate',
    icon: CopyPlus,
    why: needsSome,
    act: (session) => void duplicate(session),
  },
  {
    keys: ['mod+a'],
    text: 'Select all',
    group: 'Edit',
    id: 'select-all',
    icon: SquareDashedMousePointer,
    act: selectAll,
  },
  {
    keys: ['mod+s'],
    text: 'Save now',
    group: 'Edit',
    icon: Save,
    always: true,
    act: (session) => void session.autosave.flush(),
  },
  // The field has it: it is only listed here.
  { keys: ['mod+i'], text: 'In a field: what it may read', group: 'Edit', keyOnly: true, act: () => false },
  {
    keys: ['Delete', 'Backspace'],
    text: 'Delete',
    group: 'Edit',
    id: 'delete',
    icon: Trash2,
    danger: true,
    why: (session) => (session.ui.getState().selection.edges.length > 0 ? null : needsSome(session)),
    act: removeSelection,
  },
  {
    keys: ['F2'],
    text: 'Rename, or edit the note',
    group: 'Edit',
    id: 'rename',
    icon: Pencil,
    title: (session) => (session.ui.getState().selection.notes.length === 1 ? 'Edit the note' : 'Rename'),
    why: needsOne,
    act: rename,
  },
  {
    keys: ['p'],
    text: 'Pin the last output, or unpin',
    group: 'Edit',
    id: 'pin',
    icon: Pin,
    title: (session) =>
      session.pins.has(session.ui.getState().selection.nodes[0] ?? '') ? 'Unpin' : 'Pin the last output',
    why: needsNode,
    act: togglePin,
  },
  { keys: ['n', '/'], text: 'Add a node', group: 'Draw', id: 'add-node', icon: Plus, act: focusLibrary },
  {
    keys: ['Tab'],
    text: 'Insert behind the selected node, on the selected wire',
    group: 'Draw',
    keyOnly: true,
    act: insertByTab,
  },
  {
    keys: [],
    text: 'Insert a node here',
    group: 'Draw',
    id: 'insert-on-edge',
    icon: Plus,
    why: (session) => (session.ui.getState().selection.edges.length === 1 ? null : 'Select one wire'),
    act: (session) => {
      const [edge] = session.ui.getState().selection.edges;
      if (edge !== undefined) openPickerOnEdge(session, edge);
    },
  },
  {
    keys: ['shift+s'],
    text: 'Add a note',
    group: 'Draw',
    id: 'add-note',
    icon: StickyNote,
    act: (session) => addNote(session, session.ui.getState().menuAt ?? session.view?.pointer() ?? undefined),
  },
  {
    keys: ['shift+l'],
    text: 'Tidy',
    group: 'Arrange',
    id: 'tidy',
    icon: Wand,
    words: 'layout arrange auto clean up',
    why: (session) => (session.document.store.getState().graph.nodes.length > 0 ? null : 'There are no nodes'),
    act: (session) => void tidy(session),
  },
  { keys: Object.keys(arrows), text: 'Nudge', group: 'Arrange', keyOnly: true, act: nudgeBy(4) },
  {
    keys: Object.keys(arrows).map((key) => `shift+${key}`),
    text: 'Nudge further',
    group: 'Arrange',
    keyOnly: true,
    act: nudgeBy(24),
  },
  { keys: ['1'], text: 'Fit', group: 'See', id: 'fit', icon: Maximize, act: (session) => session.view?.fit() },
  { keys: ['0'], text: 'Zoom to 100 %', group: 'See', icon: ScanEye, act: (session) => session.view?.zoomTo(1) },
  {
    keys: ['mod+k'],
    text: 'All actions, and nodes by name',
    keyOnly: true,
    group: 'See',
    always: true,
    shadows: true,
    act: (session) => session.ui.setState({ dialog: { kind: 'palette' } }),
  },
  { keys: ['l'], text: 'Live', group: 'See', icon: Activity, act: toggle('live') },
  { keys: ['s'], text: 'Spend', group: 'See', icon: CircleDollarSign, act: toggle('spend') },
  { keys: ['t'], text: 'Time', group: 'See', icon: Timer, act: toggle('time') },
  { keys: ['u'], text: 'Trust', group: 'See', icon: ShieldQuestionMark, act: toggle('trust') },
  { keys: ['r'], text: 'Risk', group: 'See', icon: TriangleAlert, act: toggle('risk') },
  { keys: ['F8'], text: 'Next problem', group: 'See', icon: ListTodo, act: (session) => stepProblem(session, 1) },
  {
    keys: ['shift+F8'],
    text: 'Problem before',
    group: 'See',
    icon: ListTodo,
    act: (session) => stepProblem(session, -1),
  },
  {
    keys: ['Enter'],
    text: 'Open what is selected',
    group: 'See',
    id: 'open',
    icon: SquareArrowOutUpRight,
    title: () => 'Open',
    why: needsOne,
    act: openSelected,
  },
  {
    keys: ['Escape'],
    text: 'Select nothing',
    group: 'See',
    icon: X,
    act: (session) => {
      if (closeFind(session) || leaveTravel(session)) return;
      session.ui.setState({ sheet: null });
      select(session, {});
    },
  },
  {
    keys: ['mod+Enter'],
    text: 'Run the draft',
    group: 'Run',
    icon: Play,
    always: true,
    act: (session) => session.ui.setState({ dialog: { kind: 'run', source: 'draft' } }),
  },
  {
    keys: ['?'],
    text: 'These keys',
    group: 'See',
    icon: Keyboard,
    act: (session) => session.ui.setState({ dialog: { kind: 'keys' } }),
  },
  ...runActions,
  ...keyboardActions,
  ...elementActions,
  ...viewActions,
];

function stepTitle(what: string, steps: readonly { label: string }[]): string {
  const label = steps.at(-1)?.label;
  return label === undefined ? what : `${what}: ${label}`;
}

/** What a key event is called in the list: `mod+shift+z`, `Delete`, `n`. Letters and signs carry no `shift` of their own. */
export function nameOfKey(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>): string {
  const mod = event.metaKey || event.ctrlKey;
  const letter = event.key.length === 1;
  const key = letter ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && !(letter && !/[a-z]/i.test(event.key));
  return `${mod ? 'mod+' : ''}${shift ? 'shift+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

const bound = editorKeys.filter(({ native }) => !native);
const byName = new Map(bound.flatMap((entry) => entry.keys.map((key) => [key, entry])));

/** The entry that a key event asks for. */
export function keyFor(event: Parameters<typeof nameOfKey>[0]): EditorKey | undefined {
  return byName.get(nameOfKey(event));
}
