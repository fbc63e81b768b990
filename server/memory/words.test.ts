import { expect, test } from 'vitest';
import { joinedTerms, lengthOf, parseWords, readTerms, termHash } from './words.ts';

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

test.each([`'chai':3 'order':1,5A,9 'stripped'`, `'it''s':1 'a b':2,3 'c\\\\d':4 ':,':5 '''':6`, ''])(
  'read fast, %s has the same words',
  (tsvector) => {
    const words = parseWords(tsvector);
    expect(readTerms(tsvector)).toEqual({
      hashes: [...words.keys()].map(termHash),
      times: [...words.values()],
      length: lengthOf(words),
    });
  },
);

test('passages of one item are one text', () => {
  const { hashes, times, length } = joinedTerms([readTerms(`'chai':3 'order':1,5`), readTerms(`'order':1`)]);
  expect([hashes, times, length]).toEqual([['chai', 'order'].map(termHash), [1, 3], 4]);
});
