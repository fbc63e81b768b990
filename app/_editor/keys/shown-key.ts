import { commandKey } from './platform.ts';

const signs: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
};

/** A key as it is written on it: `mod+shift+z` is ⌘ ⇧ Z, or Ctrl ⇧ Z. */
export function shownKey(key: string): string {
  return key
    .split(/(?<=.)\+(?=.)/)
    .map((part) => (part === 'mod' ? commandKey() : part === 'shift' ? '⇧' : (signs[part] ?? part.toUpperCase())))
    .join(' ');
}
