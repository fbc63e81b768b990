import { expect, test } from 'vitest';
import { graphSchema } from '#nodes/core/graph.ts';
import { neighbourOf, nextInReadingOrder } from './neighbours.ts';

const at = (id: string, x: number, y: number) => ({ id, type: 'output', version: 1, position: { x, y } });
const edge = (from: string, to: string) => ({ id: `${from}${to}`, from, outcome: 'ok', to });
const graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [at('start', 0, 0), at('mail', 244, 0), at('call', 244, 152), at('end', 488, 0), at('alone', 0, 400)],
  edges: [edge('start', 'mail'), edge('start', 'call'), edge('mail', 'end'), edge('call', 'end')],
});

test.each([
  ['start', 'right', 'mail'],
  ['end', 'left', 'mail'],
  ['mail', 'down', 'call'],
  ['call', 'up', 'mail'],
  ['call', 'down', 'alone'],
  ['start', 'down', 'call'],
  ['start', 'left', null],
  ['missing', 'left', null],
] as const)('from %s one comes %s to %s', (from, direction, to) => {
  expect(neighbourOf(graph, from, direction)).toBe(to);
});

test('all nodes are met in the order in which one reads, round and round', () => {
  const met: (string | null)[] = [null];
  for (let step = 0; step < 6; step += 1) met.push(nextInReadingOrder(graph, met.at(-1) ?? null, 1));
  expect(met.slice(1)).toEqual(['start', 'alone', 'mail', 'call', 'end', 'start']);
  expect(nextInReadingOrder(graph, null, -1)).toBe('end');
  expect(nextInReadingOrder({ ...graph, nodes: [] }, null, 1)).toBeNull();
});
