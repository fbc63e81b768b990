import type { LucideIcon } from 'lucide-react';
import type { Selection } from '../document/command.ts';
import { editorKeys } from '../keys/editor-keys.ts';
import { type Alignment, alignments } from '../layout/align.ts';
import type { EditorSession } from '../session/session.ts';

export type MenuPlace = 'node' | 'several' | 'edge' | 'note' | 'group' | 'canvas';

/** The id of an action, a line, or a menu within the menu. */
export type MenuItem = string | { more: string; items: string[] };

/** What each context menu offers, by the ids of the editor's actions. What cannot be done as things are is left out. */
export const menus: Record<MenuPlace, MenuItem[]> = {
  node: [
    ...['run-one', 'run-until', 'run-from', 'line'],
    ...['open', 'rename', 'comment', 'disable', 'pin', 'edit-pin', 'copy-link', 'line'],
    ...['cut', 'copy', 'duplicate', 'line'],
    ...['group', 'ungroup', 'leave-group', 'line', 'delete'],
  ],
  several: [
    ...['cut', 'copy', 'duplicate', 'line', 'disable', 'tidy'],
    { more: 'Align and distribute', items: (Object.keys(alignments) as Alignment[]).map((how) => `align-${how}`) },
    ...['line', 'group', 'ungroup', 'leave-group', 'line', 'delete', 'delete-with-members'],
  ],
  edge: ['insert-on-edge', 'line', 'delete'],
  note: ['rename', 'line', 'cut', 'copy', 'duplicate', 'line', 'group', 'ungroup', 'leave-group', 'line', 'delete'],
  group: [
    ...['rename', 'disable', 'tidy', 'line', 'cut', 'copy', 'duplicate', 'line'],
    ...['ungroup', 'delete-with-members'],
  ],
  canvas: ['add-node', 'add-note', 'paste', 'line', 'select-all', 'tidy', 'fit'],
};

export type MenuEntry =
  | { kind: 'line'; id: string }
  | { kind: 'more'; id: string; title: string; entries: MenuEntry[] }
  | {
      kind: 'action';
      id: string;
      title: string;
      icon: LucideIcon | null;
      keys: string | null;
      danger: boolean;
      act: () => void;
    };

/** What is selected, as the menus tell it apart. */
export function menuPlace({ nodes, edges, notes, groups = [] }: Selection): MenuPlace {
  const count = nodes.length + notes.length + groups.length;
  if (count > 1) return 'several';
  if (nodes.length === 1) return 'node';
  if (notes.length === 1) return 'note';
  if (groups.length === 1) return 'group';
  return edges.length > 0 ? 'edge' : 'canvas';
}

/** The entries of the context menu for a selection; a line never stands at an end or beside another. */
export function menuEntries(session: EditorSession, selection: Selection): MenuEntry[] {
  return entriesOf(session, menus[menuPlace(selection)]);
}

function entriesOf(session: EditorSession, items: readonly MenuItem[]): MenuEntry[] {
  const entries: MenuEntry[] = [];
  items.forEach((item, index) => {
    if (item === 'line') {
      if (entries.length > 0 && entries.at(-1)?.kind !== 'line') entries.push({ kind: 'line', id: `line ${index}` });
    } else if (typeof item === 'string') entries.push(...actionEntry(session, item));
    else {
      const within = entriesOf(session, item.items);
      if (within.length > 0) entries.push({ kind: 'more', id: item.more, title: item.more, entries: within });
    }
  });
  if (entries.at(-1)?.kind === 'line') entries.pop();
  return entries;
}

function actionEntry(session: EditorSession, id: string): MenuEntry[] {
  const action = editorKeys.find((entry) => entry.id === id);
  if (!action || (action.why?.(session) ?? null) !== null) return [];
  return [
    {
      kind: 'action',
      id,
      title: action.title?.(session) ?? action.text,
      icon: action.icon ?? null,
      keys: action.keys[0] ?? null,
      danger: action.danger === true,
      act: () => void action.act(session, ''),
    },
  ];
}
