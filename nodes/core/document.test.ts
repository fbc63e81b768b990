import { expect, test } from 'vitest';
import { newGraph, parseGraph } from './document.ts';

test('a new graph is a graph', () => {
  expect(parseGraph(newGraph('Sales'))).toEqual({ graph: newGraph('Sales'), diagnostics: [] });
});

test('what is no graph is said to be none', () => {
  expect(parseGraph('x')).toMatchObject({ graph: null, diagnostics: [{ code: 'DOCUMENT_INVALID' }] });
});
