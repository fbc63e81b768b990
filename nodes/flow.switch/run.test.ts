import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const config = { cases: ['a', 'b', 'c'].map((name) => ({ name, when: `value == "${name}"` })) };

test('the rules that were tried are explained, the deciding one last', async () => {
  const { world, result } = await tryCase(
    { declaration, run },
    { title: '', config, inputs: { value: 'b' }, ends: { outcome: 'b' } },
  );
  expect(result).toEqual({ kind: 'done', outcome: 'b', output: { case: 'b' } });
  expect(world.explained).toEqual([
    { kind: 'rule', name: 'a', expr: 'value == "a"', result: false, deciding: false },
    { kind: 'rule', name: 'b', expr: 'value == "b"', result: true, deciding: true },
  ]);
});

test('a condition that cannot be evaluated names its way', async () => {
  const { failure } = await tryCase(
    { declaration, run },
    {
      title: '',
      config: { cases: [{ name: 'x', when: 'value.y > 1' }] },
      inputs: { value: 1 },
      ends: { outcome: 'x' },
    },
  );
  expect(failure?.message).toMatch(/^The way "x" could not be evaluated: /);
});

test.each([
  [['a', 'a'], 'Two ways are named "a". Rename one.'],
  [['else'], '"else" is used by the node itself. Rename the way.'],
  [['error'], '"error" is used by the node itself. Rename the way.'],
  [['undo'], '"undo" is used by the node itself. Rename the way.'],
])('ways named %j are refused', (names, message) => {
  const read = declaration.config.parse({ cases: names.map((name) => ({ name, when: 'true' })) });
  expect(declaration.check?.(read).map((problem) => problem.message)).toContain(message);
});

test('the card lists the first ways', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, when: 'true' }));
  expect(declaration.summary(declaration.config.parse({ cases: many }))).toBe('a, b, c, d, …, else');
  expect(declaration.summary(declaration.config.parse({}))).toBe('else');
});
