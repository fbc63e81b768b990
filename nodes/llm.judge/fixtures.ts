import { NodeError } from '#nodes/core/errors.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const config = {
  criteria: [
    { name: 'polite', weight: 1 },
    { name: 'correct', weight: 3 },
  ],
};
const inputs = { text: 'Dear Maria, your Chai was sent.', context: 'Chai, sent on Monday' };
const answer = (polite: number, correct: number) =>
  JSON.stringify({ polite: { reason: 'r', score: polite }, correct: { reason: 'r', score: correct } });

export default [
  { title: 'lets pass what is good', config, inputs, world: { answers: [answer(8, 9)] }, ends: { outcome: 'pass' } },
  { title: 'fails what is not', config, inputs, world: { answers: [answer(10, 2)] }, ends: { outcome: 'fail' } },
  {
    title: 'repairs a score outside the scale once',
    config,
    inputs: { text: 'Hello' },
    world: { answers: [answer(11, 9), answer(10, 9)] },
    ends: { outcome: 'pass' },
  },
  {
    title: 'gives up when the repair fails too',
    config,
    inputs,
    world: { answers: ['good', '{"polite": 7}'] },
    ends: { code: 'MODEL_OUTPUT_INVALID' },
  },
  {
    title: 'fails as the model does',
    config,
    inputs,
    world: { answers: [new NodeError('MODEL_UNAVAILABLE', 'The model server is away.')] },
    ends: { code: 'MODEL_UNAVAILABLE' },
  },
  { title: 'refuses an empty text', config, inputs: { text: '' }, ends: { code: 'INPUT_INVALID' } },
  { title: 'refuses to judge by nothing', inputs, ends: { code: 'CONFIG_INVALID' } },
] satisfies NodeCase[];
