import { focusLibrary } from '../canvas/menu-entries.tsx';
import type { Position } from '../document/command.ts';
import { togglePin } from '../pins/toggle-pin.ts';
import { runFromSelected, runSelected, runUntilSelected } from '../running/parts.ts';
import { addNote, nudge, redo, removeSelection, rename, select, selectAll, tidy, undo } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import type { EditorSession } from '../session/session.ts';
import type { Overlay } from '../session/ui-store.ts';
import { leaveTravel, travelThrough } from '../travel/travel.ts';

/** A key of the editor: how it is pressed, what it is called, what it does. `mod` is ⌘ or Ctrl. */
export type EditorKey = {
  keys: string[];
  text: string;
  group: 'Edit' | 'Draw' | 'See' | 'Run';
  /** Works also while something is typed. */
  always?: boolean;
  /** The pages around the editor have this key too: it never reaches them. */
  shadows?: boolean;
  /** `key` as the browser names it. False: there was nothing to do, the browser may have the key. */
  act: (session: EditorSession, key: string) => unknown;
};

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

/** Every key of the editor, in one list: what binds them and what `?` shows. Copy, cut and paste come from the browser. */
export const editorKeys: EditorKey[] = [
  { keys: ['mod+z'], text: 'Undo', group: 'Edit', act: undo },
  { keys: ['mod+shift+z', 'mod+y'], text: 'Redo', group: 'Edit', act: redo },
  { keys: ['mod+d'], text: 'Duplicate', group: 'Edit', act: duplicate },
  { keys: ['mod+a'], text: 'Select all', group: 'Edit', act: selectAll },
  {
    keys: ['mod+s'],
    text: 'Save now',
    group: 'Edit',
    always: true,
    act: (session) => void session.autosave.flush(),
  },
  { keys: ['Delete', 'Backspace'], text: 'Delete', group: 'Edit', act: removeSelection },
  { keys: ['F2'], text: 'Rename', group: 'Edit', act: rename },
  { keys: ['p'], text: 'Pin the last output, or unpin', group: 'Edit', act: togglePin },
  { keys: ['n', '/'], text: 'Add a node', group: 'Draw', act: focusLibrary },
  { keys: ['shift+s'], text: 'Add a note', group: 'Draw', act: (session) => addNote(session) },
  { keys: ['shift+l'], text: 'Tidy', group: 'Draw', act: tidy },
  { keys: Object.keys(arrows), text: 'Nudge', group: 'Draw', act: nudgeBy(4) },
  { keys: Object.keys(arrows).map((key) => `shift+${key}`), text: 'Nudge further', group: 'Draw', act: nudgeBy(24) },
  { keys: ['1'], text: 'Fit', group: 'See', act: (session) => session.view?.fit() },
  { keys: ['0'], text: 'Zoom to 100 %', group: 'See', act: (session) => session.view?.zoomTo(1) },
  {
    keys: ['mod+k', 'mod+f'],
    text: 'Find',
    group: 'See',
    always: true,
    shadows: true,
    act: (session) => session.ui.setState({ dialog: { kind: 'palette' } }),
  },
  { keys: ['l'], text: 'Live', group: 'See', act: toggle('live') },
  { keys: ['s'], text: 'Spend', group: 'See', act: toggle('spend') },
  { keys: ['t'], text: 'Time', group: 'See', act: toggle('time') },
  { keys: ['r'], text: 'Risk', group: 'See', act: toggle('risk') },
  {
    keys: ['Enter'],
    text: 'Open what is selected',
    group: 'See',
    act: (session) => {
      if (session.ui.getState().selection.nodes.length !== 1) return false;
      session.ui.setState({ sheet: 'inspector', section: 'configure' });
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('[data-field] input, [data-field] .cm-content')?.focus(),
      );
      return true;
    },
  },
  {
    keys: ['Escape'],
    text: 'Select nothing',
    group: 'See',
    act: (session) => {
      if (leaveTravel(session)) return;
      session.ui.setState({ sheet: null });
      select(session, {});
    },
  },
  {
    keys: ['mod+Enter'],
    text: 'Run the draft',
    group: 'Run',
    always: true,
    act: (session) => session.ui.setState({ dialog: { kind: 'run', source: 'draft' } }),
  },
  { keys: ['shift+Enter'], text: 'Run the selected node alone', group: 'Run', act: runSelected },
  { keys: ['mod+shift+Enter'], text: 'Run until the selected node', group: 'Run', act: runUntilSelected },
  { keys: ['alt+Enter'], text: 'Run from the selected node', group: 'Run', act: runFromSelected },
  { keys: ['shift+t'], text: 'Step through the finished run', group: 'Run', act: travelThrough },
  {
    keys: ['?'],
    text: 'These keys',
    group: 'See',
    act: (session) => session.ui.setState({ dialog: { kind: 'keys' } }),
  },
];

/** What a key event is called in the list: `mod+shift+z`, `Delete`, `n`. Letters and signs carry no `shift` of their own. */
export function nameOfKey(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>): string {
  const mod = event.metaKey || event.ctrlKey;
  const letter = event.key.length === 1;
  const key = letter ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && !(letter && !/[a-z]/i.test(event.key));
  return `${mod ? 'mod+' : ''}${shift ? 'shift+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

const byName = new Map(editorKeys.flatMap((entry) => entry.keys.map((key) => [key, entry])));

/** The entry that a key event asks for. */
export function keyFor(event: Parameters<typeof nameOfKey>[0]): EditorKey | undefined {
  return byName.get(nameOfKey(event));
}
