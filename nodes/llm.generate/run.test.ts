import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson, type Json, type JsonObject } from '#nodes/core/json.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const schema = {
  type: 'object',
  properties: { subject: { type: 'string', minLength: 1 }, score: { type: 'integer', minimum: 0, maximum: 10 } },
  required: ['subject', 'score'],
  additionalProperties: false,
};
const values = { output: { kind: 'json', schema } };
const good = { subject: 'Hello', score: 7 };

const generate = (config: JsonObject, answers: string[], inputs: JsonObject = {}) =>
  tryCase(
    { declaration, run },
    {
      title: '',
      config,
      inputs: { prompt: 'Write to Maria.', ...inputs },
      world: { answers },
      ends: { outcome: 'ok' },
    },
  );

const requests = (calls: { args: unknown[] }[]) => calls.map((call) => call.args[0]);

test('the prompt and the settings reach the model', async () => {
  const { result, world } = await generate(
    { system: 'Be brief.', model: 'gpt-x', temperature: 0.2, maxOutputTokens: 50 },
    ['Dear Maria'],
  );
  expect(result).toMatchObject({ outcome: 'ok', output: { text: 'Dear Maria' } });
  expect(requests(world.calls)).toEqual([
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Write to Maria.' },
      ],
      model: 'gpt-x',
      temperature: 0.2,
      maxOutputTokens: 50,
    },
  ]);
});

test('instructions that are bound take the place of the configured ones', async () => {
  const { world } = await generate({ system: 'Be brief.' }, ['x'], { system: 'Be long.' });
  expect(requests(world.calls)).toMatchObject([{ messages: [{ content: 'Be long.' }, {}] }]);
});

test('the schema goes to the model, and values come back', async () => {
  const { result, world } = await generate(values, [JSON.stringify(good)]);
  expect(result).toMatchObject({ output: good });
  expect(requests(world.calls)).toMatchObject([{ schema }]);
  expect(world.calls).toHaveLength(1);
});

test.each([
  ['a fence with a language', '```json\n{"subject": "Hello", "score": 7}\n```'],
  ['a fence without one', '```\n{"subject": "Hello", "score": 7}\n```'],
  ['a fence on one line', '```{"subject": "Hello", "score": 7}```'],
  ['words around a fence', 'Here it is:\n```json\n{"subject": "Hello", "score": 7}\n```\nI hope it helps.'],
])('%s is tolerated without asking again', async (_what, answer) => {
  const { result, world } = await generate(values, [answer]);
  expect(result).toMatchObject({ output: good });
  expect(world.calls).toHaveLength(1);
});

test('an answer that does not fit is shown to the model with its faults, once', async () => {
  const { result, world } = await generate(values, ['{"subject": "", "score": 11}', JSON.stringify(good)]);
  expect(result).toMatchObject({ output: good });
  const [, repair] = requests(world.calls) as { messages: { role: string; content: string }[] }[];
  expect(repair?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(repair?.messages[2]?.content).toBe('{"subject": "", "score": 11}');
  expect(repair?.messages[3]?.content).toMatch(/\/subject: .*\n- \/score: /);
});

test('after one repair that fails, the step fails with what is wrong', async () => {
  const { failure, world } = await generate(values, ['no JSON', '{"subject": "Hello"}']);
  expect(failure).toMatchObject({ code: 'MODEL_OUTPUT_INVALID', message: expect.stringContaining('score') });
  expect(world.calls).toHaveLength(2);
});

test('each call leaves its prompt with a hash, and what it cost', async () => {
  const { world } = await generate(values, ['no JSON', JSON.stringify(good)]);
  expect(world.explained.map((entry) => [entry.kind, entry.kind === 'prompt' && entry.repair])).toEqual([
    ['prompt', false],
    ['model', false],
    ['prompt', true],
    ['model', false],
  ]);
  for (const entry of world.explained)
    if (entry.kind === 'prompt')
      expect(entry.hash).toBe(createHash('sha256').update(canonicalJson(entry.messages)).digest('hex'));
});

test.each<[string, Json, JsonObject]>([
  ['false', false, { type: 'boolean' }],
  ['null', null, { type: ['string', 'null'] }],
  ['a list', [1, 2], { type: 'array', items: { type: 'integer' } }],
])('an answer may be %s', async (_what, value, asked) => {
  const { result } = await generate({ output: { kind: 'json', schema: asked } }, [JSON.stringify(value)]);
  expect(result).toMatchObject({ output: value });
});

test('a schema that cannot be used is a problem to be mended before a run', () => {
  const check = (given: JsonObject) =>
    declaration.check?.(declaration.config.parse({ output: { kind: 'json', schema: given } }));
  expect(check({})).toMatchObject([{ field: 'output.schema' }]);
  expect(check({ properties: { a: { pattern: '(a+)+$' } } })).toMatchObject([{ field: 'output.schema.properties.a' }]);
  expect(check(schema)).toEqual([]);
});
