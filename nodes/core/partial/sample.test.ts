import { expect, test } from 'vitest';
import { checkValue, nullable, type Type, t } from '../types.ts';
import { sampleOf } from './sample.ts';

test.each([
  t.any(),
  { type: 'null' },
  t.boolean(),
  t.number(),
  t.integer({ minimum: 3 }),
  { type: 'number', maximum: -2 },
  t.string(),
  t.string({ enum: ['a', 'b'] }),
  t.string({ format: 'email' }),
  t.string({ format: 'uri' }),
  t.string({ format: 'date-time' }),
  t.string({ format: 'multiline' }),
  t.array(t.string()),
  t.object({ name: t.string(), age: nullable(t.integer()) }),
  { type: 'union', of: [{ type: 'null' }] },
] as Type[])('a sample of %j is of that type', (type) => {
  expect(checkValue(type, sampleOf(type))).toBeNull();
});

test('a file has a place for its reference', () => {
  expect(sampleOf(t.string({ format: 'file' }))).toMatchObject({ kind: 'file', name: '' });
});
