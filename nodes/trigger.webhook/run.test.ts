import { expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { describeType } from '#nodes/core/types.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const schema = {
  type: 'object',
  properties: { order: { type: 'object', properties: { total: { type: 'number', minimum: 0 } }, required: ['total'] } },
  required: ['order'],
};

const receive = (config: JsonObject, request: JsonObject) =>
  tryCase(
    { declaration, run },
    { title: '', config, inputs: { headers: {}, query: {}, receivedAt: 1, ...request }, ends: { outcome: 'fired' } },
  );

test('credentials of the sender are not kept', async () => {
  const { result } = await receive(
    {},
    { body: null, headers: { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Shop': '7' } },
  );
  expect(result).toMatchObject({ output: { headers: { 'x-shop': '7' } } });
});

test('a body that does not fit is refused with the place of the fault', async () => {
  const { failure } = await receive({ schema }, { body: { order: { total: -1 } } });
  expect(failure).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('body/order/total') });
});

test('a declared schema makes the body typed', () => {
  const { fired } = declaration.outcomes(declaration.config.parse({ schema }));
  expect(fired?.type === 'object' && describeType(fired.properties.body ?? { type: 'any' })).toBe('object {order}');
});

test('a schema that cannot be used is named by its place', () => {
  const config = declaration.config.parse({ schema: { properties: { a: { $ref: '#' } } } });
  expect(declaration.check?.(config)).toMatchObject([{ field: 'schema.properties.a' }]);
});
