import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { graphSchema } from '#nodes/core/graph.ts';
import { createDocumentStore } from './store.ts';
import { typingMs } from './typed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = () =>
  createDocumentStore(
    graphSchema.parse({ format: 'solograph/graph', version: 1, name: 'x', nodes: [], edges: [] }),
    Date.now,
  );
function typing(document: ReturnType<typeof open>) {
  return (name: string, field = 'name') => document.later(field, () => document.dispatch({ kind: 'set-name', name }));
}
const nameOf = (document: ReturnType<typeof open>) => document.store.getState().graph.name;

it('what is typed reaches the document a moment after the first key, in one edit', () => {
  const document = open();
  const type = typing(document);
  type('a');
  vi.advanceTimersByTime(typingMs - 20);
  type('ab');
  expect([nameOf(document), document.isTyped('name')]).toEqual(['x', true]);
  vi.advanceTimersByTime(20);
  expect([nameOf(document), document.isTyped('name')]).toEqual(['ab', false]);
  expect(document.store.getState().past).toHaveLength(1);
});

it('an undo, another edit and another field make it first', () => {
  const document = open();
  const type = typing(document);
  type('typed');
  document.undo();
  expect(nameOf(document)).toBe('x');
  document.redo();
  expect(nameOf(document)).toBe('typed');
  type('more');
  document.dispatch({ kind: 'set-description', description: 'd' });
  expect(nameOf(document)).toBe('more');
  type('again');
  document.later('other', () => {});
  expect(nameOf(document)).toBe('again');
  type('last');
  document.flush();
  document.flush();
  expect(nameOf(document)).toBe('last');
});
