import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const judge = (polite: number, correct: number, passAt = 7) =>
  tryCase(
    { declaration, run },
    {
      title: '',
      config: {
        criteria: [
          { name: 'polite', weight: 1 },
          { name: 'correct', weight: 3 },
        ],
        passAt,
      },
      inputs: { text: 'Dear Maria', context: 'Maria is a customer' },
      world: {
        answers: [
          JSON.stringify({ polite: { reason: 'warm', score: polite }, correct: { reason: 'true', score: correct } }),
        ],
      },
      ends: { outcome: 'pass' },
    },
  );

test('the score is the weighted mean, with the reason of each criterion', async () => {
  const { result } = await judge(6, 8);
  expect(result).toEqual({
    kind: 'done',
    outcome: 'pass',
    output: {
      score: 7.5,
      criteria: [
        { name: 'polite', score: 6, reason: 'warm' },
        { name: 'correct', score: 8, reason: 'true' },
      ],
    },
  });
});

test('what reaches the mark exactly passes, what is under it fails', async () => {
  expect((await judge(7, 7)).result).toMatchObject({ outcome: 'pass' });
  expect((await judge(6, 7)).result).toMatchObject({ outcome: 'fail', output: { score: 6.75 } });
});

test('the judge sees the context beside the text', async () => {
  const { world } = await judge(1, 1);
  const { messages } = world.calls[0]!.args[0] as { messages: { content: string }[] };
  expect(messages[1]?.content).toBe('Context:\nMaria is a customer\n\nText:\nDear Maria');
});

test('a mark that nothing can reach is found before anything runs', () => {
  const problems = declaration.check?.(
    declaration.config.parse({ criteria: [{ name: 'a' }, { name: 'a' }], best: 5, passAt: 6 }),
  );
  expect(problems?.map(({ field }) => field)).toEqual(['criteria[1].name', 'passAt']);
});
