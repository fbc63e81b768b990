import type { LucideIcon } from 'lucide-react';
import type { EditorSession } from '../session/session.ts';

/**
 * An action of the editor: how it is pressed, what it is called, what it does. `mod` is ⌘ or Ctrl. One list feeds the
 * keys, the menus, the palette and what `?` shows.
 */
export type EditorKey = {
  keys: string[];
  text: string;
  group: 'Edit' | 'Draw' | 'Arrange' | 'See' | 'Run';
  /** What menus name it by. */
  id?: string;
  icon?: LucideIcon;
  /** What it is called as things are: `Unpin`, `Undo: Move`. Absent: `text`. */
  title?: (session: EditorSession) => string;
  /** Why it cannot be done as things are; null: it can. */
  why?: (session: EditorSession) => string | null;
  /** Other words that find it in the palette. */
  words?: string;
  danger?: true;
  /** The browser has the key and tells of it in its own way: it is shown and not bound. */
  native?: true;
  /** Means something only with the key that was pressed: it is no entry of the palette. */
  keyOnly?: true;
  /** Works also while something is typed. */
  always?: boolean;
  /** The pages around the editor have this key too: it never reaches them. */
  shadows?: boolean;
  /** `key` as the browser names it. False: there was nothing to do, the browser may have the key. */
  act: (session: EditorSession, key: string) => unknown;
};
