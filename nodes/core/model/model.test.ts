import { describe, expect, it } from 'vitest';
import type { ModelAnswer, ModelRequest, Provenance } from '../capabilities.ts';
import { t } from '../types.ts';
import { ask, askForValue, firstMessages } from './ask.ts';
import { choiceOf, modelErrors, modelFields } from './fields.ts';
import { readAs, readJson } from './reading.ts';

const answered: Omit<ModelAnswer, 'text'> = {
  model: 'm',
  provider: 'p',
  rehearsal: false,
  inputTokens: 1,
  outputTokens: 1,
  costMicros: 5,
  priceId: null,
  responseId: null,
};

function asking(...answers: string[]) {
  const requests: ModelRequest[] = [];
  const explained: Provenance[] = [];
  const ctx = {
    explain: (entry: Provenance) => void explained.push(entry),
    model: {
      generate: async (request: ModelRequest) => {
        requests.push(request);
        return { ...answered, text: answers.shift() ?? '' };
      },
      embed: () => Promise.reject(new Error('Nobody asks for vectors here.')),
    },
  };
  return { ctx, requests, explained };
}

const type = t.object({ score: t.integer({ minimum: 0, maximum: 10 }) });
const request = { messages: firstMessages('Be brief.', 'Hello', { type: 'object' }), schema: { type: 'object' } };

describe('asking a model', () => {
  it('keeps what was asked and who answered among the reasons', async () => {
    const { ctx, explained } = asking('Hi');
    const answer = await ask(ctx, { messages: [{ role: 'user', content: 'Hello' }] });
    expect(answer.text).toBe('Hi');
    expect(explained).toMatchObject([
      { kind: 'prompt', repair: false, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { kind: 'model', model: 'm', provider: 'p', costMicros: 5 },
    ]);
  });

  it('says where an answer was kept from before', async () => {
    const { ctx, explained } = asking('Hi');
    ctx.model.generate = async () => ({ ...answered, text: 'Hi', cached: true });
    await ask(ctx, { messages: [] });
    expect(explained[1]).toMatchObject({ kind: 'model', cached: true });
  });

  it('keeps which numbers of what it was given the answer cites', async () => {
    const { ctx, explained } = asking('She likes Chai [2].');
    await ask(ctx, { messages: [] });
    expect(explained[1]).toMatchObject({ kind: 'model', cited: [2] });
  });

  it('for a value takes the first answer that fits', async () => {
    const { ctx, requests } = asking('{"score": 3}');
    expect(await askForValue(ctx, request, (text) => readAs(text, type))).toEqual({ score: 3 });
    expect(requests).toHaveLength(1);
  });

  it('shows an answer that does not fit to the model, once', async () => {
    const { ctx, requests, explained } = asking('{"score": 11}', '{"score": 4}');
    expect(await askForValue(ctx, request, (text) => readAs(text, type))).toEqual({ score: 4 });
    expect(requests[1]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(requests[1]?.messages[3]?.content).toContain('- score: expected whole number from 0 to 10, got 11.');
    expect(explained.filter((entry) => entry.kind === 'prompt' && entry.repair)).toHaveLength(1);
  });

  it('gives up after one repair, with what is wrong', async () => {
    const { ctx } = asking('three', '[]');
    await expect(askForValue(ctx, request, (text) => readAs(text, type))).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
      message: expect.stringContaining('The answer: expected object'),
      details: { answer: '[]' },
    });
  });
});

describe('the first messages', () => {
  it('say the shape of the answer where it has one', () => {
    expect(firstMessages('', 'Hello', null)).toEqual([{ role: 'user', content: 'Hello' }]);
    expect(firstMessages(' Be brief. ', 'Hello', null)).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ]);
    expect(firstMessages('', 'Hello', { type: 'object' })[0]?.content).toMatch(/JSON Schema:\n\{"type":"object"\}$/);
  });
});

describe('an answer is read as JSON', () => {
  it.each([
    ['as it is', '{"a": 1}'],
    ['in a fence with a language', '```json\n{"a": 1}\n```'],
    ['in a fence on one line', '```{"a": 1}```'],
    ['with words around a fence', 'Here:\n```\n{"a": 1}\n```\nDone.'],
  ])('%s', (_how, text) => {
    expect(readJson(text)).toEqual({ a: 1 });
  });

  it('or not at all', () => {
    for (const text of ['', 'no', '```', '{"a": 1']) expect(readJson(text)).toBeUndefined();
    expect(readAs('no', type)).toEqual({ kind: 'problems', problems: ['The answer is not JSON.'] });
  });
});

describe('what a configuration says of the model', () => {
  it('has a default for every member and becomes the request', () => {
    const { taskClass, model, temperature, maxOutputTokens } = modelFields(64);
    const choice = {
      taskClass: taskClass.parse(undefined),
      model: model.parse(undefined),
      temperature: temperature.parse(undefined),
      maxOutputTokens: maxOutputTokens.parse(undefined),
    };
    expect(choiceOf(choice)).toEqual({ model: '', maxOutputTokens: 64 });
    expect(choiceOf({ ...choice, temperature: 0 })).toEqual({ model: '', maxOutputTokens: 64, temperature: 0 });
    expect(choiceOf({ ...choice, taskClass: 'batch' })).toMatchObject({ taskClass: 'batch' });
    expect(modelErrors).toContain('MODEL_OUTPUT_INVALID');
  });
});
