import { describe, expect, test } from 'vitest';
import { type Graph, type GraphNode, graphSchema } from '../graph.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { staleNodes } from './stale.ts';

const ran = graphSchema.parse(
  graphOf(
    {
      s: 'start',
      a: { type: 'task', config: { one: 1, two: { x: 1, y: [2] } }, inputs: { in: expr('1') } },
      m: 'map',
      inside: 'task',
      second: 'task',
      after: 'task',
      beside: 'task',
    },
    ['s.fired > a', 'a.ok > m', 'm.each > inside', 'inside.ok > second', 'm.done > after', 's.fired > beside'],
  ),
);

const withNode = (id: string, change: Partial<GraphNode>): Graph => ({
  ...ran,
  nodes: ran.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
});
const staleOf = (draft: Graph) => [...staleNodes(ran, draft).keys()].sort();

describe('outputs of a run', () => {
  test('are stale where a prompt says something else, not where it is only called otherwise', () => {
    const said = { kind: 'prompt', prompt: 'p', values: {} } as const;
    const saying = (text: string, title = 'Greeting'): Graph => ({
      ...withNode('a', { inputs: { in: said } }),
      prompts: [{ id: 'p', title, text, variables: [] }],
    });
    const between = (before: Graph, now: Graph) => staleNodes(before, now).get('a')?.change;
    expect(between(saying('Hello'), saying('Good day'))).toBe('inputs');
    expect(between(saying('Hello'), saying('Hello', 'Other'))).toBeUndefined();
    expect(between(saying('Hello'), { ...saying('Hello'), prompts: undefined })).toBe('inputs');
  });

  test('are fresh as long as only titles, places and remarks change', () => {
    const draft = withNode('a', { title: 'Other', position: { x: 9, y: 9 }, comment: 'Why?', timeoutMs: 5 });
    expect(staleOf(draft)).toEqual([]);
    // The same in another order, as a server may answer it.
    expect(staleOf(withNode('a', { config: { two: { y: [2], x: 1 }, one: 1 } }))).toEqual([]);
  });

  test.each([
    ['type', { type: 'read' }],
    ['version', { version: 2 }],
    ['config', { config: { one: 2 } }],
    ['inputs', { inputs: { in: expr('2') } }],
    ['disabled', { disabled: true }],
  ] as const)('are stale from where the %s changed', (change, made) => {
    const stale = staleNodes(ran, withNode('a', made as Partial<GraphNode>));
    expect(stale.get('a')).toEqual({ nodeId: 'a', change });
    expect([...stale.keys()].sort()).toEqual(['a', 'after', 'inside', 'm', 'second']);
  });

  test('are stale where another edge leads there', () => {
    const edges = [...ran.edges, { id: 'new', from: 'beside', outcome: 'ok', to: 'after' }];
    expect([...staleNodes(ran, { ...ran, edges })]).toEqual([['after', { nodeId: 'after', change: 'edges' }]]);
  });

  test('are stale where a node before was removed or put in between', () => {
    const nodes = ran.nodes.filter(({ id }) => id !== 'a');
    const edges = ran.edges.filter(({ from, to }) => from !== 'a' && to !== 'a');
    expect(staleNodes(ran, { ...ran, nodes, edges }).get('after')).toEqual({ nodeId: 'a', change: 'removed' });
    const between: Graph = {
      ...ran,
      nodes: [...ran.nodes, { ...ran.nodes[1]!, id: 'new' }],
      edges: [...ran.edges.filter(({ id }) => id !== 's.fired>beside'), edge('s', 'new'), edge('new', 'beside')],
    };
    expect(staleOf(between)).toEqual(['beside']);
  });

  test('of a map come out of its body, but its body does not come out of itself', () => {
    expect(staleOf(withNode('second', { config: { changed: true } }))).toEqual(['after', 'm', 'second']);
  });

  test('are not judged on a cycle', () => {
    const edges = [...ran.edges, edge('second', 'a')];
    expect(staleOf({ ...ran, edges })).toEqual([]);
    const inside = [...ran.edges, edge('second', 'inside')];
    expect(staleOf({ ...ran, edges: inside })).toEqual(['after', 'm']);
  });
});

function edge(from: string, to: string) {
  return { id: `${from}>${to}`, from, outcome: 'ok', to };
}
