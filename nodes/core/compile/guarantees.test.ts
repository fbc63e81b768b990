import { expect, test } from 'vitest';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { guarantees } from './guarantees.ts';
import { guard } from './guard.ts';
import { readFlow } from './read.ts';
import { structure } from './structure.ts';

test('an outcome that a node does not have was not taken', () => {
  const graph = guard(
    graphOf({ go: 'start', b: { type: 'branch', inputs: { condition: expr('true') } }, x: 'task' }, [
      'go.fired > b',
      'b.true > x',
    ]),
  ).graph!;
  const { flow } = readFlow(graph, testDefinitions);
  const { passed, ran } = guarantees(flow, structure(flow));
  const [go, b, x] = ['go', 'b', 'x'].map((id) => flow.indexOf.get(id)!) as [number, number, number];
  expect(passed(x, b, 'true')).toBe(true);
  expect(passed(x, b, 'false')).toBe(false);
  expect(passed(x, b, 'nope')).toBe(false);
  expect([ran(x, go), ran(x, x), ran(b, x)]).toEqual([true, false, false]);
});
