import { describe, expect, test } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../../document/store.ts';
import { isOld, migrationsOf, planUpgrades } from './plan.ts';

const at = (x: number) => ({ x, y: 0 });
const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Rates',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, position: at(0) },
    {
      id: 'call',
      type: 'http.request',
      version: 1,
      config: { method: 'GET', headers: { accept: 'text/plain' } },
      inputs: { url: { kind: 'value', value: 'https://a.test' }, proxy: { kind: 'value', value: 'b' } },
      position: at(244),
    },
    { id: 'done', type: 'output', version: 1, position: at(488) },
    { id: 'later', type: 'http.request', version: 99, position: at(732) },
    { id: 'odd', type: 'not.known', version: 1, position: at(976) },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'call' },
    { id: 'b', from: 'call', outcome: 'ok', to: 'done' },
    { id: 'c', from: 'call', outcome: 'not_found', to: 'done' },
    { id: 'd', from: 'call', outcome: 'moved', to: 'done' },
  ],
});
const plan = () =>
  planUpgrades(
    graph,
    graph.nodes.map(({ id }) => id),
    definitions,
  );
const nothing = { edges: {}, removed: new Set<string>() };

test('only what is written for an older version can be updated', () => {
  expect(graph.nodes.filter((node) => isOld(node, definitions)).map(({ id }) => id)).toEqual(['call']);
  expect(plan()).toHaveLength(1);
});

test('it shows the configuration step by step, and what has no place any more', () => {
  expect(plan()).toMatchObject([
    {
      steps: [{ to: 2, fields: [{ path: 'config.headers', after: [{ name: 'accept', value: 'text/plain' }] }] }],
      misfit: false,
      lostInputs: [{ input: 'proxy' }],
      lostEdges: [{ id: 'c' }, { id: 'd' }],
      outcomes: ['ok', 'error'],
    },
  ]);
});

test('a configuration that fits no version is said to', () => {
  const odd = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, config: { method: 'SHOUT' } })) };
  expect(planUpgrades(odd, ['call'], definitions)).toMatchObject([{ misfit: true }]);
});

describe('updating', () => {
  const updatedWith = (choices: Parameters<typeof migrationsOf>[1]) => {
    const document = createDocumentStore(graph);
    document.dispatch({ kind: 'migrate', nodes: migrationsOf(plan(), choices) });
    const updated = document.store.getState().graph;
    document.undo();
    expect(JSON.stringify(document.store.getState().graph)).toBe(JSON.stringify(graph));
    return { updated, label: document.store.getState().future[0]?.label };
  };

  test('loses no edge and no binding by itself, and is one step of undo', () => {
    const { updated, label } = updatedWith(nothing);
    expect(label).toBe('Update node type');
    expect(updated.edges).toEqual(graph.edges);
    expect(updated.nodes[1]).toMatchObject({
      version: 2,
      config: { headers: [{ name: 'accept', value: 'text/plain' }] },
      inputs: graph.nodes[1]!.inputs,
    });
  });

  test('reconnects and removes what the operator said, and nothing else', () => {
    const { updated } = updatedWith({
      edges: { c: 'error', d: null, b: null },
      removed: new Set(['call.proxy', 'call.url']),
    });
    expect(updated.edges.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['a', 'fired'],
      ['b', 'ok'],
      ['c', 'error'],
    ]);
    expect(Object.keys(updated.nodes[1]!.inputs)).toEqual(['url']);
  });
});
