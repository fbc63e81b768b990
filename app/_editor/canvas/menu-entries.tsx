import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  Link,
  ListEnd,
  type LucideIcon,
  Maximize,
  Pencil,
  Pin,
  Play,
  Plus,
  Scissors,
  SquareDashedMousePointer,
  StepForward,
  StickyNote,
  Trash2,
  Wand,
} from 'lucide-react';
import type { Selection } from '../document/command.ts';
import { copyToSystem, pasteFromSystem } from '../keys/system-clipboard.ts';
import { togglePin } from '../pins/toggle-pin.ts';
import {
  copyLink,
  mayPin,
  mayRun,
  runFromSelected,
  runSelected,
  runUntilSelected,
  selectedNode,
} from '../running/parts.ts';
import { addNote, removeSelection, rename, selectAll, tidy } from '../session/actions.ts';
import { duplicate } from '../session/clipboard.ts';
import type { EditorSession } from '../session/session.ts';

export type MenuEntry = 'line' | { title: string; icon: LucideIcon; keys?: string; danger?: boolean; act: () => void };

/** What the context menu offers for a selection. */
export function menuEntries(session: EditorSession, selection: Selection): MenuEntry[] {
  const some = selection.nodes.length + selection.notes.length > 0;
  if (some) return forElements(session, selection);
  if (selection.edges.length > 0) return [deleteEntry(session)];
  return forCanvas(session);
}

function forElements(session: EditorSession, { nodes, notes }: Selection): MenuEntry[] {
  const single: MenuEntry[] = [];
  const [note] = notes;
  if (nodes.length === 1 && notes.length === 0)
    single.push(
      ...runEntries(session),
      { title: 'Rename', icon: Pencil, keys: 'F2', act: () => void rename(session) },
      {
        title: session.pins.has(nodes[0] ?? '') ? 'Unpin' : 'Pin the last output',
        icon: Pin,
        keys: 'P',
        act: () => void togglePin(session),
      },
      ...pinEntries(session),
      { title: 'Copy link', icon: Link, act: () => void copyLink(session, nodes[0] ?? '') },
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

function runEntries(session: EditorSession): MenuEntry[] {
  if (!mayRun(selectedNode(session))) return [];
  return [
    { title: 'Run this node', icon: Play, keys: '⇧↵', act: () => void runSelected(session) },
    { title: 'Run until here', icon: ListEnd, keys: 'mod ⇧↵', act: () => void runUntilSelected(session) },
    { title: 'Run from here', icon: StepForward, keys: 'Alt ↵', act: () => void runFromSelected(session) },
    'line',
  ];
}

function pinEntries(session: EditorSession): MenuEntry[] {
  const node = selectedNode(session);
  if (!node || !mayPin(node)) return [];
  const title = session.pins.has(node.id) ? 'Edit the pin …' : 'Pin an output …';
  return [{ title, icon: Pin, act: () => session.ui.setState({ dialog: { kind: 'pin', nodeId: node.id } }) }];
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
