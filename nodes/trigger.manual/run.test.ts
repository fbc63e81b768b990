import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { checkValue, describeType } from '#nodes/core/types.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

async function start(fields: JsonObject[], inputs: JsonObject): Promise<JsonObject> {
  const { result, failure } = await tryCase(
    { declaration, run },
    { title: '', config: { fields }, inputs, ends: { outcome: 'fired' } },
  );
  if (failure) throw failure;
  return result?.kind === 'done' ? (result.output as JsonObject) : {};
}

const outputType = (fields: JsonObject[]) => {
  const { fired } = declaration.outcomes(declaration.config.parse({ fields }));
  if (!fired) throw new Error('There is no outcome fired.');
  return fired;
};

test.each<[string, Json, Json]>([
  ['text', 'Maria', 7],
  ['multiline', 'two\nlines', ['two']],
  ['number', 12.5, '12.5'],
  ['integer', 12, 12.5],
  ['boolean', false, 'false'],
  ['date', '2026-02-28', '2026-02-30'],
  ['email', 'maria@example.test', 'maria'],
  ['choice', 'red', 'green'],
  ['file', { kind: 'file', id: 'f1', name: 'a.csv', mime: 'text/csv', bytes: 1 }, 'a.csv'],
])('a field of the kind %s takes what fits and refuses the rest, naming the field', async (type, good, bad) => {
  const field = { name: 'x', title: 'The field', type, options: type === 'choice' ? ['red', 'blue'] : [] };
  expect(await start([field], { x: good })).toEqual({ x: good });
  expect(checkValue(outputType([field]), { x: good })).toBeNull();
  await expect(start([field], { x: bad })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringMatching(/^The field \(x\) must be .*Given: /s),
  });
});

test('a field with a default is always there; an optional one without may be absent', () => {
  const fields: JsonObject[] = [
    { name: 'days', type: 'integer', required: false, default: 14 },
    { name: 'note', required: false },
  ];
  expect(describeType(outputType(fields))).toBe('object {days, note?}');
});

test('a default stands in for what is left empty, also where it is false or zero', async () => {
  const fields = [
    { name: 'test', type: 'boolean', default: false },
    { name: 'days', type: 'integer', default: 0 },
  ];
  expect(await start(fields, { test: null })).toEqual({ test: false, days: 0 });
});

test('a field whose name JavaScript knows is not taken for given', async () => {
  await expect(start([{ name: 'toString' }], {})).rejects.toThrow('toString is required');
});

test('faults of the form are named by their place', () => {
  const fields = [
    { name: 'a', type: 'choice' },
    { name: 'a', type: 'integer', default: 'many' },
  ];
  expect(declaration.check?.(declaration.config.parse({ fields }))).toEqual([
    { field: 'fields[0].options', message: '"a" has nothing to choose from. Add a choice.' },
    { field: 'fields[1].name', message: 'Two fields are named "a". Rename one.' },
    { field: 'fields[1].default', message: 'The default of "a" must be a whole number, for example 12.' },
  ]);
});
