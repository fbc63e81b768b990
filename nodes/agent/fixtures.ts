import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const parameters = {
  type: 'object',
  properties: { about: { type: 'string' } },
  required: ['about'],
  additionalProperties: false,
};
const config: JsonObject = {
  tools: [{ name: 'recall', description: 'Finds what we remember', parameters }],
  maxTurns: 3,
};
const inputs = { prompt: 'When did Maria last order?', result: null };
const asks = (written: string, name = 'recall') => ({ toolCalls: [{ id: 'c1', name, arguments: written }] });
const good = asks('{"about": "Maria"}');
const items = [
  {
    value: {
      id: 'c1',
      tool: 'recall',
      arguments: { about: 'Maria' },
      turn: 1,
      spentMicros: 0,
      said: [{ role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'recall', arguments: '{}' }] }],
    },
    outcome: 'ok' as const,
    result: { found: 'in May' },
  },
];

export default [
  { title: 'answers without a tool', config, inputs, world: { answers: ['In May.'] }, ends: { outcome: 'done' } },
  { title: 'asks its tools', config, inputs, world: { answers: [good] }, ends: { items: 1 } },
  {
    title: 'goes on with what they gave',
    config,
    inputs,
    world: { answers: [good, 'In May.'] },
    woken: { kind: 'items', items },
    ends: { outcome: 'done' },
  },
  {
    title: 'tells the model of a call that cannot be made, and asks again',
    config,
    inputs,
    world: { answers: [asks('{"about": 7}'), asks('{}', 'pay'), 'I do not know.'] },
    ends: { outcome: 'done' },
  },
  {
    title: 'leaves by limit after the last turn',
    config: { ...config, maxTurns: 1 },
    inputs,
    world: { answers: [good] },
    woken: { kind: 'items', items },
    ends: { outcome: 'limit' },
  },
  {
    title: 'fails as the model does',
    config,
    inputs,
    world: { answers: [new NodeError('MODEL_UNAVAILABLE', 'The model server is away.')] },
    ends: { code: 'MODEL_UNAVAILABLE' },
  },
  { title: 'refuses an empty aim', config, inputs: { prompt: '', result: null }, ends: { code: 'INPUT_INVALID' } },
  { title: 'refuses to work without tools', inputs, ends: { code: 'CONFIG_INVALID' } },
] satisfies NodeCase[];
