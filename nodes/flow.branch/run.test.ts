import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

test.each([null, 1, 'true', []])('%j is no condition, and the message shows it', async (condition) => {
  const { failure } = await tryCase(
    { declaration, run },
    { title: '', inputs: { condition }, ends: { code: 'INPUT_INVALID' } },
  );
  expect(failure?.message).toContain(JSON.stringify(condition));
});
