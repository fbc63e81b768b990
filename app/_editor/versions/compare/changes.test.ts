import { expect, test } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { diffGraphs } from '#nodes/core/diff/graphs.ts';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { changeItems, countsOf } from './changes.ts';
import { fieldName, valueText } from './fields.ts';
import { mergeGraphs } from './merged.ts';

const before: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Letters',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, position: { x: 0, y: 0 } },
    { id: 'write', type: 'llm.generate', version: 1, title: 'Write', position: { x: 244, y: 0 } },
    { id: 'end', type: 'output', version: 1, position: { x: 488, y: 0 } },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'write' },
    { id: 'b', from: 'write', outcome: 'ok', to: 'end' },
  ],
  notes: [{ id: 'n', text: 'Never promise one.', position: { x: 0, y: 200 } }],
});
const after: Graph = graphSchema.parse({
  ...before,
  nodes: [
    { ...before.nodes[0], position: { x: 0, y: 40 } },
    { ...before.nodes[1], title: 'Write it', timeoutMs: 5_000 },
    { id: 'keep', type: 'memory.remember', version: 1, position: { x: 488, y: 0 } },
  ],
  edges: [before.edges[0], { id: 'b', from: 'write', outcome: 'ok', to: 'keep' }],
  notes: [],
  groups: [{ id: 'g', title: 'All', nodes: ['start'], notes: [] }],
});
const diff = diffGraphs(before, after);
const items = changeItems(diff, before, after);

test('changes read from left to right, each in words', () => {
  expect(items.map(({ mark, what, title, about }) => [mark, what, title, about])).toEqual([
    ['changed', 'node', 'Write it', '2 fields'],
    ['added', 'node', 'Remember', 'node keep'],
    ['removed', 'node', 'Output', 'node end'],
    ['changed', 'edge', 'Write it · ok → Remember', 'was Write it · ok → Output'],
    ['removed', 'note', 'Never promise one.', 'note'],
    ['added', 'group', 'All', 'group of 1 node'],
    ['moved', 'places', 'Moved 1 node', 'nothing runs differently'],
  ]);
  expect(countsOf(items)).toEqual({ added: 2, changed: 2, removed: 2, moved: 1 });
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
});

test('one drawing shows both: what went is a ghost beside what took its place', () => {
  const { graph, marks, edgeMarks } = mergeGraphs(diff, after);
  expect(graph.nodes.find(({ id }) => id === 'end')?.position).toEqual({ x: 464, y: 24 });
  expect(Object.fromEntries(marks)).toEqual({ keep: 'added', write: 'changed', end: 'removed', 'note:n': 'removed' });
  expect(Object.fromEntries(edgeMarks)).toEqual({ b: 'changed' });
});

test('an edge that went keeps an id of its own, whatever took its id', () => {
  const cut = { ...before, edges: [before.edges[0]!] };
  const { graph, edgeMarks } = mergeGraphs(diffGraphs(before, cut), cut);
  expect(graph.edges.map(({ id }) => id)).toEqual(['removed:b', 'a']);
  expect(edgeMarks.get('removed:b')).toBe('removed');
});

test('fields are called as they are where they are edited', () => {
  const http = definitions.get('http.request');
  expect(fieldName('config.headers[1].name', http)).toEqual({ title: 'Headers', rest: '[1].name' });
  expect(fieldName('inputs.url', http)).toEqual({ title: 'Address', rest: '' });
  expect(fieldName('settings.onFailure', undefined)).toEqual({ title: 'After a failure', rest: '' });
  expect(fieldName('retry.attempts', undefined)).toEqual({ title: 'Retries', rest: '.attempts' });
  expect(fieldName('config.x', undefined).title).toBe('x');
  expect([
    valueText({ kind: 'expr', expr: 'a' }),
    valueText({ kind: 'value', value: [1] }),
    valueText(undefined),
  ]).toEqual(['= a', '[\n  1\n]', null]);
});
