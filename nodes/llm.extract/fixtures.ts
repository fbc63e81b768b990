import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const config: JsonObject = {
  fields: [
    { name: 'number' },
    { name: 'total', type: 'number' },
    { name: 'currency', type: 'choice', choices: ['EUR', 'USD'], required: false },
    { name: 'items', type: 'texts', required: false },
  ],
};
const inputs = { text: 'Invoice 117, total 240.50 EUR' };

export default [
  {
    title: 'gives the values that the text has',
    config,
    inputs,
    world: { answers: ['{"number": "117", "total": 240.5, "currency": "EUR", "items": null}'] },
    ends: { outcome: 'ok' },
  },
  {
    title: 'leaves by missing where a required one is not there',
    config,
    inputs,
    world: { answers: ['{"number": "117", "total": null, "currency": null, "items": []}'] },
    ends: { outcome: 'missing' },
  },
  {
    title: 'repairs an answer of the wrong type once',
    config,
    inputs,
    world: {
      answers: [
        '{"number": "117", "total": "240.50", "currency": null, "items": null}',
        '{"number": "117", "total": 240.5, "currency": null, "items": null}',
      ],
    },
    ends: { outcome: 'ok' },
  },
  {
    title: 'gives up when the repair fails too',
    config,
    inputs,
    world: { answers: ['no JSON', '{"number": "117"}'] },
    ends: { code: 'MODEL_OUTPUT_INVALID' },
  },
  {
    title: 'fails as the model does',
    config,
    inputs,
    world: { answers: [new NodeError('MODEL_REFUSED', 'The model refused to answer.')] },
    ends: { code: 'MODEL_REFUSED' },
  },
  { title: 'refuses an empty text', config, inputs: { text: ' ' }, ends: { code: 'INPUT_INVALID' } },
  { title: 'refuses to look for nothing', inputs, ends: { code: 'CONFIG_INVALID' } },
] satisfies NodeCase[];
