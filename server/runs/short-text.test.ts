import { expect, test } from 'vitest';
import { shortText } from './short-text.ts';

test.each([
  [null, ''],
  ['  two\n lines ', 'two lines'],
  [7, '7'],
  [[1, 2], '2 items'],
  [{}, ''],
  [{ customerID: 'ALFKI', companyName: 'Alfreds Futterkiste', contactName: 'Maria' }, 'Alfreds Futterkiste'],
  [{ id: 'ALFKI', title: 'Order 7' }, 'Order 7'],
  [{ email: 'ann@example.test', age: 7 }, 'ann@example.test'],
  [{ age: 7, nested: {} }, '7'],
  [{ name: '', city: 'Berlin' }, 'Berlin'],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
])('the short text of %j is %j', (value, text) => {
  expect(shortText(value)).toBe(text);
});
