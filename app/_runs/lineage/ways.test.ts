import { expect, test } from 'vitest';
import type { Graph } from '#nodes/core/graph.ts';
import type { Lineage, LineageNode } from '#server/lineage/types.ts';
import { waysOf } from './ways.ts';

const step = (state: string, runId = '1'): LineageNode => ({
  ...{ id: `${runId}:${state}`, kind: 'step', at: { runId, state, path: '' }, title: state, type: 'output' },
  ...{ outcome: 'ok', attempt: 1, endedAt: 1, inherited: false, as: 'whole', turn: null, removed: null },
});
const lineageOf = (nodes: LineageNode[], pairs: [string, string][]): Lineage => ({
  ...{ format: 'solograph/lineage', version: 1, projectId: 'p', root: '', runs: [], cut: false, nodes },
  edges: pairs.map(([from, to]) => ({ from, to, kind: 'reads' })),
});
const graphOf = (...arrows: [string, string, string][]): Graph =>
  ({ edges: arrows.map(([from, outcome, to]) => ({ id: `${from}-${to}`, from, outcome, to })) }) as unknown as Graph;
const ran = (...outcomes: string[]) =>
  Object.fromEntries(outcomes.map((one) => [one.split('.')[0] ?? '', { outcomes: { [one.split('.')[1] ?? '']: 1 } }]));

test('a value lights the nodes that it came from, and the edges that were taken between them', () => {
  const graph = graphOf(['a', 'ok', 'b'], ['b', 'ok', 'c'], ['a', 'no', 'x'], ['x', 'ok', 'c'], ['c', 'ok', 'd']);
  const lineage = lineageOf(
    [step('c'), step('a'), step('elsewhere', '2')],
    [
      ['1:c', '2:elsewhere'],
      ['2:elsewhere', '1:a'],
    ],
  );
  const { nodes, edges } = waysOf(lineage, { id: '1', graph, nodes: ran('a.ok', 'b.ok', 'c.ok', 'd.ok') });
  expect([...nodes].sort()).toEqual(['a', 'c']);
  expect([...edges].sort()).toEqual(['a-b', 'b-c']);
});

test('what an iteration came to lights the way into it', () => {
  const graph = graphOf(['each', 'each', 'body'], ['each', 'done', 'out']);
  const lineage = lineageOf(
    [step('out'), step('each'), step('body')],
    [
      ['1:out', '1:each'],
      ['1:each', '1:body'],
    ],
  );
  const { edges } = waysOf(lineage, { id: '1', graph, nodes: ran('each.done', 'body.ok', 'out.done') });
  expect([...edges].sort()).toEqual(['each-body', 'each-out']);
});

test('what a fork took over lights where it stands in its own drawing', () => {
  const graph = graphOf(['a', 'ok', 'b'], ['b', 'ok', 'c']);
  const lineage: Lineage = {
    ...lineageOf(
      [step('c', '2'), step('b', '2'), step('b'), step('a'), step('elsewhere', '9')],
      [
        ['2:c', '2:b'],
        ['2:b', '1:b'],
        ['1:b', '1:a'],
        ['1:a', '9:elsewhere'],
      ],
    ),
    runs: [
      { runId: '2', ref: 2, pipelineName: 'p', valuesRemovedAt: null, forkedFrom: '1' },
      { runId: '1', ref: 1, pipelineName: 'p', valuesRemovedAt: null, forkedFrom: null },
    ],
  };
  const { nodes, edges } = waysOf(lineage, { id: '2', graph, nodes: ran('a.ok', 'b.ok', 'c.ok') });
  expect([...nodes].sort()).toEqual(['a', 'b', 'c']);
  expect([...edges].sort()).toEqual(['a-b', 'b-c']);
});
