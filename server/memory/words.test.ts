import { expect, test } from 'vitest';
import { lengthOf, parseWords } from './words.ts';

test('each word of a tsvector is read with how often it stands there', () => {
  const words = parseWords(`'chai':3 'order':1,5A,9 'stripped'`);
  expect([...words]).toEqual([
    ['chai', 1],
    ['order', 3],
    ['stripped', 1],
  ]);
  expect(lengthOf(words)).toBe(5);
});

test('words with quotes, spaces and backslashes are read as they are', () => {
  expect([...parseWords(`'it''s':1 'a b':2,3 'c\\\\d':4 ':,':5 '''':6`).keys()]).toEqual([
    "it's",
    'a b',
    'c\\d',
    ':,',
    "'",
  ]);
});

test('a text without words has none', () => {
  expect([...parseWords('')]).toEqual([]);
});
