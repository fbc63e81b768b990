import { NodeError } from '#nodes/core/errors.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const inputs = { texts: ['Chai', 'Chang'] };

export default [
  { title: 'gives a vector for each text', inputs, ends: { outcome: 'ok' } },
  { title: 'asks nobody for nothing', inputs: { texts: [] }, ends: { outcome: 'ok' } },
  {
    title: 'fails as the model does',
    inputs,
    world: { answers: [new NodeError('MODEL_REJECTED', 'The model server does not know this model.')] },
    ends: { code: 'MODEL_REJECTED' },
  },
  { title: 'refuses an empty text', inputs: { texts: ['Chai', ' '] }, ends: { code: 'INPUT_INVALID' } },
  {
    title: 'refuses more than one call takes',
    inputs: { texts: Array.from({ length: 257 }, (_, n) => `text ${n}`) },
    ends: { code: 'TOO_LARGE' },
  },
] satisfies NodeCase[];
