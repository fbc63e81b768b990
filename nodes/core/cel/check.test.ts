import { expect, test } from 'vitest';
import { t } from '../types.ts';
import { checkIn, partType, scopeOf } from './check.ts';

test('an error of the scope itself is not taken for one of the expression', () => {
  const scope = {
    type: 'scope',
    get: () => {
      throw new RangeError('broken');
    },
    names: () => [],
  } as const;
  expect(() => checkIn('x', scope)).toThrow('broken');
});

const scope = scopeOf({
  run: t.object({ input: t.object({ email: t.string(), days: t.integer() }, ['email']) }),
  rows: t.array(t.object({ name: t.string() })),
});

test('the type of a part tells times and what may be absent apart', () => {
  expect(partType('date("2026-01-31")', scope)).toEqual({ type: 'time' });
  expect(partType('run.input.?days', scope)).toEqual({ type: 'optional', of: t.integer() });
  expect(partType('rows.filter(r, true)', scope)).toMatchObject({ type: 'array' });
});

test('what may be absent is read as if it were there; what does not exist has no type', () => {
  expect(partType('run.input.days', scope)).toEqual(t.integer());
  expect(partType('run.input.nothing', scope)).toBeNull();
  expect(partType('rows.', scope)).toBeNull();
  const late = {
    type: 'scope',
    get: () => null,
    names: () => [],
    missing: () => ({ message: 'Later.', absent: ['nodes', 'x'] }),
  } as const;
  const nodes = { type: 'scope', get: () => ({ type: late, required: true }), names: () => ['nodes'] } as const;
  expect(partType('nodes.x', nodes)).toBeNull();
});

test('a part within a loop knows its variable', () => {
  const locals = [{ name: 'r', type: t.object({ name: t.string() }) }];
  expect(partType('r.name', scope, locals)).toEqual(t.string());
});

test('an error of the scope itself stays one', () => {
  const broken = {
    type: 'scope',
    get: () => {
      throw new RangeError('broken');
    },
    names: () => [],
  } as const;
  expect(() => partType('x', broken)).toThrow('broken');
});
