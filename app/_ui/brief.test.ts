import { expect, it } from 'vitest';
import { brief, inReadingOrder } from './brief.ts';

it.each([
  [undefined, ''],
  [null, 'nothing'],
  [true, 'yes'],
  [false, 'no'],
  [3.5, '3.5'],
  [2026, '2026'],
  [1_234_567, '1,234,567'],
  ['Dear\n  Helen, ', 'Dear Helen,'],
  [[1, 2, 3], '3 items'],
  [{ age: 4, name: 'Island Trading' }, 'Island Trading'],
  [{ name: '', age: 4 }, 'name , age 4'],
  [{}, 'empty'],
  [{ a: { b: 1 }, c: [1] }, 'a, c'],
])('says in one line what %j is: %s', (value, line) => {
  expect(brief(value)).toBe(line);
});

it('cuts a long text where it says so', () => {
  expect(brief('abcdefghij', 6)).toBe('abcde…');
});

it('shows short values before long texts, and lists last', () => {
  const entries = Object.entries({ list: [1], body: 'Dear\nHelen', why: 'w'.repeat(100), subject: 'Hello', n: 1 });
  expect(inReadingOrder(entries).map(([name]) => name)).toEqual(['subject', 'n', 'why', 'body', 'list']);
});
