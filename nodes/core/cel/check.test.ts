import { expect, test } from 'vitest';
import { checkIn } from './check.ts';

test('an error of the scope itself is not taken for one of the expression', () => {
  const scope = {
    type: 'scope',
    get: () => {
      throw new RangeError('broken');
    },
    names: () => [],
  } as const;
  expect(() => checkIn('x', scope)).toThrow('broken');
});
