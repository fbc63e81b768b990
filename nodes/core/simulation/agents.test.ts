import { expect, test } from 'vitest';
import type { EndedItem } from '../define-node.ts';
import type { Json } from '../json.ts';
import { simulate } from '../simulate.ts';
import { expr } from '../testing/graph-of.ts';
import { done, failed, programOf, ran } from '../testing/simulated.ts';

const program = programOf(
  {
    go: 'start',
    a: { type: 'agent', inputs: { aim: expr('run.input.name'), result: expr('nodes.x.text') } },
    x: 'task',
    z: 'task',
  },
  ['go.fired > a', 'a.each > x', 'a.done > z'],
);

test('an agent goes on turn by turn with all that its tools gave, until it asks for nothing more', () => {
  const seen: EndedItem[][] = [];
  const turns: Json[][] = [[{ tool: 'one' }, { tool: 'two' }, { tool: 'three' }], [{ tool: 'four' }]];
  const result = simulate(program, {
    trigger: 'go',
    input: { name: 'Ada' },
    random: () => 0,
    maxSteps: 50,
    respond: ({ state, path, woken, scope }) => {
      if (state === 'x') return path === 'a:1' ? failed() : done('ok', { text: scope.item! });
      if (state !== 'a') return done('ok');
      if (woken?.kind === 'items') seen.push(woken.items);
      const asked = turns.shift();
      return asked ? { kind: 'map', items: asked, concurrency: 2 } : done('done', { text: 'so' });
    },
  });
  expect(result.status).toBe('completed');
  expect(seen.map((items) => items.length)).toEqual([3, 4]);
  expect(seen[1]).toMatchObject([
    { value: { tool: 'one' }, outcome: 'ok', result: { tool: 'one' } },
    { value: { tool: 'two' }, outcome: 'error', result: { code: 'INTERNAL', state: 'x' } },
    { value: { tool: 'three' }, outcome: 'ok' },
    { value: { tool: 'four' }, outcome: 'ok', result: { tool: 'four' } },
  ]);
  expect(ran(result)).toEqual(['a', 'a:0/x', 'a:2/x', 'a:3/x', 'go', 'z']);
});
