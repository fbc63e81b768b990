import { describe, expect, test } from 'vitest';
import { parseSets, withMember } from './edits.ts';

describe('--set', () => {
  test('names a node, a member of its output, and JSON; what is no JSON is text', () => {
    expect(
      parseSets(['draft.subject="Hi"', 'draft@each:3/lines:0.a.b=[1]', 'rows={"rows":[]}', 'draft.body=Dear Ann']),
    ).toEqual([
      { state: 'draft', path: '', member: ['subject'], value: 'Hi' },
      { state: 'draft', path: 'each:3/lines:0', member: ['a', 'b'], value: [1] },
      { state: 'rows', path: '', member: [], value: { rows: [] } },
      { state: 'draft', path: '', member: ['body'], value: 'Dear Ann' },
    ]);
    expect(() => parseSets(['draft'])).toThrow('--set is written as node.member=JSON');
  });

  test('changes that member and nothing else', () => {
    expect(withMember({ a: { b: 1, c: 2 }, d: [1, 2] }, ['a', 'b'], 9)).toEqual({ a: { b: 9, c: 2 }, d: [1, 2] });
    expect(withMember({ d: [1, 2] }, ['d', '1'], 9)).toEqual({ d: [1, 9] });
    expect(withMember('x', [], 1)).toBe(1);
    expect(withMember(null, ['a'], 1)).toEqual({ a: 1 });
  });
});
