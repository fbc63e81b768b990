import { expect, test } from 'vitest';
import { citationsIn, citedNumbers } from './citations.ts';

test('a text cites by number, several at once too', () => {
  expect(citationsIn('She likes Chai [2], and pays late [1, 3].')).toEqual([
    { start: 15, end: 18, numbers: [2] },
    { start: 34, end: 40, numbers: [1, 3] },
  ]);
  expect(citationsIn('Nothing of [that] or [12345] or list[0]x')).toEqual([{ start: 36, end: 39, numbers: [0] }]);
});

test('the numbers of an answer are named once each', () => {
  expect(citedNumbers('So [3]. And so [1; 3].', false)).toEqual([1, 3]);
});

test('of an answer in JSON only its texts cite', () => {
  expect(citedNumbers('{"scores": [1], "why": ["It says so [2].", null, 4]}', true)).toEqual([2]);
  expect(citedNumbers('no JSON [1]', true)).toEqual([]);
});
