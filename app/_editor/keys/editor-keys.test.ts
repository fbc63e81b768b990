import { describe, expect, it } from 'vitest';
import { editorKeys, keyFor, nameOfKey } from './editor-keys.ts';

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
  ])('%j is %s', (event, name, text) => {
    expect(nameOfKey(event)).toBe(name);
    expect(keyFor(event)?.text).toBe(text);
  });

  it('has each key once', () => {
    const all = editorKeys.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
  });

  it('leaves alone what it does not know', () => {
    expect(keyFor(press('z', { altKey: true }))).toBeUndefined();
    expect(keyFor(press('c', { ctrlKey: true }))).toBeUndefined();
  });
});
