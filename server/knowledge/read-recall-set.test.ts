import { expect, it } from 'vitest';
import { mostSetRows, readRecallSet } from './read-recall-set.ts';

it('reads a set from CSV, and says of each line what is wrong with it', () => {
  const csv =
    '\uFEFFQuestion,expected,relevant\nWho pays late?,"Berlin, in ten days",\nWho pays late?,fair.md,no\n,x,\nAlone?,,\n';
  expect(readRecallSet(csv)).toEqual({
    rows: [
      { row: 1, query: 'Who pays late?', item: 'Berlin, in ten days', relevant: true },
      { row: 2, query: 'Who pays late?', item: 'fair.md', relevant: false },
    ],
    wrong: [
      { row: 3, message: 'There is no question.' },
      { row: 4, message: expect.stringContaining('does not say what should be found') },
    ],
  });
});

it('reads a set from JSON', () => {
  const json = '[{"question": "a?", "expected": ["one", "two"], "notRelevant": "three"}, {"question": "b?"}]';
  const { rows, wrong } = readRecallSet(json);
  expect(rows.map(({ item, relevant }) => [item, relevant])).toEqual([
    ['one', true],
    ['two', true],
    ['three', false],
  ]);
  expect(wrong).toMatchObject([{ row: 2 }]);
});

it('refuses what is no set, and a set that is too large', () => {
  expect(() => readRecallSet('[{]')).toThrow('no JSON');
  expect(() => readRecallSet('{"a": 1}')).toThrow('A set is a list');
  expect(() => readRecallSet('a;b\n1;2')).toThrow('columns question and expected');
  expect(() => readRecallSet(`question,expected\n${'q,e\n'.repeat(mostSetRows + 1)}`)).toThrow('2000 at most');
});
