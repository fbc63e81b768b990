import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const config: JsonObject = { labels: [{ name: 'order' }, { name: 'complaint', description: 'Something went wrong' }] };
const inputs = { text: 'My parcel has not arrived.' };

export default [
  {
    title: 'gives the label',
    config,
    inputs,
    world: { answers: ['{"label": "complaint"}'] },
    ends: { outcome: 'ok' },
  },
  {
    title: 'repairs a label that is not one',
    config,
    inputs,
    world: { answers: ['{"label": "angry"}', '{"label": "complaint"}'] },
    ends: { outcome: 'ok' },
  },
  {
    title: 'gives up when the repair fails too',
    config,
    inputs,
    world: { answers: ['{"label": "angry"}', 'complaint'] },
    ends: { code: 'MODEL_OUTPUT_INVALID' },
  },
  {
    title: 'fails as the model does',
    config,
    inputs,
    world: { answers: [new NodeError('MODEL_TIMEOUT', 'The model did not answer in time.')] },
    ends: { code: 'MODEL_TIMEOUT' },
  },
  { title: 'refuses an empty text', config, inputs: { text: '' }, ends: { code: 'INPUT_INVALID' } },
  { title: 'refuses to decide between nothing', inputs, ends: { code: 'CONFIG_INVALID' } },
] satisfies NodeCase[];
