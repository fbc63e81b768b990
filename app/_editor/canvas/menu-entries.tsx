import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  type LucideIcon,
  Maximize,
  Pencil,
  Pin,
  Plus,
  Scissors,
  SquareDashedMousePointer,
  StickyNote,
  Trash2,
  Wand,
} from 'lucide-react';
import { openPickerOnEdge } from '../connect/open-picker.ts';
import type { Selection } from '../document/command.ts';
import { copyToSystem, pasteFromSystem } from '../keys/system-clipboard.ts';
import { togglePin } from '../pins/toggle-pin.ts';
import { addNote, removeSelection, rename, selectAll, tidy } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import type { EditorSession } from '../session/session.ts';

export type MenuEntry = 'line' | { title: string; icon: LucideIcon; keys?: string; danger?: boolean; act: () => void };

/** What the context menu offers for a selection. */
export function menuEntries(session: EditorSession, selection: Selection): MenuEntry[] {
  const some = selection.nodes.length + selection.notes.length > 0;
  if (some) return forElements(session, selection);
  if (selection.edges.length > 0) return forEdges(session, selection);
  return forCanvas(session);
}

function forElements(session: EditorSession, { nodes, notes }: Selection): MenuEntry[] {
  const single: MenuEntry[] = [];
  const [note] = notes;
  if (nodes.length === 1 && notes.length === 0)
    single.push(
      { title: 'Rename', icon: Pencil, keys: 'F2', act: () => void rename(session) },
      {
        title: session.pins.has(nodes[0] ?? '') ? 'Unpin' : 'Pin the last output',
        icon: Pin,
        keys: 'P',
        act: () => void togglePin(session),
      },
      'line',
    );
  if (note !== undefined && nodes.length === 0)
    single.push({ title: 'Edit', icon: Pencil, act: () => session.ui.setState({ editingNote: note }) }, 'line');
  return [
    ...single,
    { title: 'Cut', icon: Scissors, keys: 'mod X', act: () => void copyToSystem(session, 'cut') },
    { title: 'Copy', icon: Copy, keys: 'mod C', act: () => void copyToSystem(session, 'copy') },
    { title: 'Duplicate', icon: CopyPlus, keys: 'mod D', act: () => void duplicate(session) },
    deleteEntry(session),
  ];
}

function forEdges(session: EditorSession, { edges }: Selection): MenuEntry[] {
  const [edge] = edges;
  if (edge === undefined || edges.length > 1) return [deleteEntry(session)];
  return [
    // After the menu has given the focus back: what opens then keeps it.
    {
      title: 'Insert a node here',
      icon: Plus,
      keys: 'Tab',
      act: () => setTimeout(() => openPickerOnEdge(session, edge)),
    },
    'line',
    deleteEntry(session),
  ];
}

function forCanvas(session: EditorSession): MenuEntry[] {
  return [
    { title: 'Add a node', icon: Plus, keys: 'N', act: () => focusLibrary(session) },
    { title: 'Add a note', icon: StickyNote, keys: '⇧S', act: () => addNote(session) },
    { title: 'Paste', icon: ClipboardPaste, keys: 'mod V', act: () => void pasteFromSystem(session) },
    'line',
    { title: 'Select all', icon: SquareDashedMousePointer, keys: 'mod A', act: () => selectAll(session) },
    { title: 'Tidy', icon: Wand, keys: '⇧L', act: () => tidy(session) },
    { title: 'Fit', icon: Maximize, keys: '1', act: () => session.view?.fit() },
  ];
}

function deleteEntry(session: EditorSession): MenuEntry {
  return { title: 'Delete', icon: Trash2, keys: 'Del', danger: true, act: () => void removeSelection(session) };
}

/** Brings the library's search to hand; on a narrow screen the library itself. */
export function focusLibrary(session: EditorSession): void {
  session.ui.setState({ sheet: 'library' });
  requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-library-search]')?.focus());
}
