import { expect, test } from 'vitest';
import declaration from './index.ts';

test.each([
  [{ mode: 'all' }, 'Waits for all branches'],
  [{ mode: 'any' }, 'Goes on with the first'],
  [{ mode: 'count', count: 3 }, 'Waits for 3'],
])('the card says what %j waits for', (config, summary) => {
  expect(declaration.summary(declaration.config.parse(config))).toBe(summary);
});

test('a number below one is refused', () => {
  expect(declaration.config.safeParse({ mode: 'count', count: 0 }).success).toBe(false);
});
