import { describe, expect, it } from 'vitest';
import { editorKeys, keyFor, nameOfKey } from './editor-keys.ts';
import { shownKey } from './shown-key.ts';

const press = (key: string, held: Partial<Record<'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('the keys of the editor', () => {
  it.each([
    [press('z', { ctrlKey: true }), 'mod+z', 'Undo'],
    [press('Z', { metaKey: true, shiftKey: true }), 'mod+shift+z', 'Redo'],
    [press('S', { shiftKey: true }), 'shift+s', 'Add a note'],
    [press('s'), 's', 'Spend'],
    [press('s', { ctrlKey: true }), 'mod+s', 'Save now'],
    [press('?', { shiftKey: true }), '?', 'These keys'],
    [press('/', { shiftKey: true }), '/', 'Add a node'],
    [press('Delete'), 'Delete', 'Delete'],
    [press('ArrowUp', { shiftKey: true }), 'shift+ArrowUp', 'Nudge further'],
    [press('d'), 'd', 'Disable or enable'],
    [press('d', { metaKey: true }), 'mod+d', 'Duplicate'],
    [press('g', { ctrlKey: true }), 'mod+g', 'Group'],
    [press('G', { ctrlKey: true, shiftKey: true }), 'mod+shift+g', 'Ungroup'],
    [press('f', { ctrlKey: true }), 'mod+f', 'Find in the drawing'],
    [press('k', { ctrlKey: true }), 'mod+k', 'All actions, and nodes by name'],
    [press('L', { shiftKey: true }), 'shift+l', 'Tidy'],
    [press('+', { shiftKey: true }), '+', 'Zoom in'],
    [press('-'), '-', 'Zoom out'],
    [press('p'), 'p', 'Pin the last output, or unpin'],
    [press('F2'), 'F2', 'Rename, or edit the note'],
  ])('%j is %s', (event, name, text) => {
    expect(nameOfKey(event)).toBe(name);
    expect(keyFor(event)?.text).toBe(text);
  });

  it('has each key once', () => {
    const all = editorKeys.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
  });

  it('writes them as they stand on the keyboard', () => {
    expect(['mod+shift+g', '+', 'shift+ArrowUp', 'F2'].map(shownKey)).toEqual(['Ctrl ⇧ G', '+', '⇧ ↑', 'F2']);
  });

  it('leaves alone what it does not know', () => {
    expect(keyFor(press('z', { altKey: true }))).toBeUndefined();
    expect(keyFor(press('c', { ctrlKey: true }))).toBeUndefined();
  });
});
