import { expect, test } from 'vitest';
import { canonicalGraph, newGraph, parseGraph } from './document.ts';
import type { Graph } from './graph.ts';

const graph: Graph = {
  ...newGraph('Sales'),
  nodes: [
    {
      id: 'b',
      type: 'output',
      version: 1,
      config: { z: 1, a: { d: 1, c: 2 } },
      inputs: { y: { kind: 'expr', expr: '1' }, x: { kind: 'value', value: null } },
      position: { x: 1, y: 2 },
      title: 'Out',
      timeoutMs: 5,
      retry: { attempts: 1, initialMs: 0, factor: 1, maxMs: 0, jitter: 0 },
    },
    { id: 'a', type: 'trigger.manual', version: 1, config: {}, inputs: {}, position: { x: 0, y: 0 } },
  ],
  edges: [
    { id: 'e2', from: 'a', outcome: 'fired', to: 'b' },
    { id: 'e1', from: 'a', outcome: 'fired', to: 'b' },
    { id: 'e1', from: 'b', outcome: 'fired', to: 'b' },
  ],
  notes: [{ id: 'n', text: 'x', position: { x: 0, y: 0 } }],
};

test('a new graph is a graph', () => {
  expect(parseGraph(newGraph('Sales'))).toEqual({ graph: newGraph('Sales'), diagnostics: [] });
});

test('what is no graph is said to be none', () => {
  expect(parseGraph('x')).toMatchObject({ graph: null, diagnostics: [{ code: 'DOCUMENT_INVALID' }] });
});

test('the same graph is written as the same text, whatever its order', () => {
  const shuffled: Graph = {
    ...graph,
    nodes: graph.nodes
      .toReversed()
      .map((node) => Object.fromEntries(Object.entries(node).reverse()) as Graph['nodes'][0]),
    edges: [graph.edges[1]!, graph.edges[2]!, graph.edges[0]!],
  };
  const text = JSON.stringify(canonicalGraph(graph), null, 2);
  expect(JSON.stringify(canonicalGraph(shuffled), null, 2)).toBe(text);
  expect(canonicalGraph(graph)).toEqual({
    ...graph,
    nodes: [graph.nodes[1], graph.nodes[0]],
    edges: [graph.edges[1], graph.edges[2], graph.edges[0]],
  });
  expect(text.indexOf('"a": {')).toBeLessThan(text.indexOf('"z": 1'));
});
