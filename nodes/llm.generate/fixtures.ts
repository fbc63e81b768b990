import { NodeError } from '#nodes/core/errors.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const json = {
  output: {
    kind: 'json',
    schema: {
      type: 'object',
      properties: { subject: { type: 'string', minLength: 1 } },
      required: ['subject'],
      additionalProperties: false,
    },
  },
};
const inputs = { prompt: 'Write to Maria.' };

export default [
  { title: 'answers with text', inputs, ends: { outcome: 'ok' } },
  { title: 'answers with values of the schema', config: json, inputs, ends: { outcome: 'ok' } },
  {
    title: 'repairs an answer once',
    config: json,
    inputs,
    world: { answers: ['{"subject": ""}', '{"subject": "Hello"}'] },
    ends: { outcome: 'ok' },
  },
  {
    title: 'gives up when the repair fails too',
    config: json,
    inputs,
    world: { answers: ['no JSON', '{"subject": 7}', '{"subject": "never asked for"}'] },
    ends: { code: 'MODEL_OUTPUT_INVALID' },
  },
  {
    title: 'fails as the model does',
    inputs,
    world: { answers: [new NodeError('MODEL_RATE_LIMITED', 'The model asks for a pause of 2 s.')] },
    ends: { code: 'MODEL_RATE_LIMITED' },
  },
  { title: 'refuses an empty prompt', inputs: { prompt: ' ' }, ends: { code: 'INPUT_INVALID' } },
  {
    title: 'refuses a schema with a regular expression',
    config: { output: { kind: 'json', schema: { type: 'string', pattern: '(a+)+$' } } },
    inputs,
    ends: { code: 'CONFIG_INVALID' },
  },
] satisfies NodeCase[];
