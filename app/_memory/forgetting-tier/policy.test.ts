import { expect, it } from 'vitest';
import { policyOf } from './policy.ts';

it('reads what is kept, and says what is wrong where nothing can be read', () => {
  expect(policyOf({ most: ' 500 ', days: '' })).toMatchObject({ value: { mostItems: 500, episodicDays: null } });
  expect(policyOf({ most: '500', days: '30' }).value).toEqual({ mostItems: 500, episodicDays: 30 });
  const wrong = policyOf({ most: '0', days: 'a month' });
  expect(wrong.value).toBeNull();
  expect(wrong.wrong.most).toContain('from 1 to 10000000');
  expect(wrong.wrong.days).toContain('or nothing');
});
