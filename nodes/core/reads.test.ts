import { expect, test } from 'vitest';
import { readsOf } from './reads.ts';

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;

test('a fixed value reads nothing', () => {
  expect(readsOf({ kind: 'value', value: 'nodes.draft.text' })).toEqual({ paths: [], whole: false });
});

test('one member as it stands is the whole value', () => {
  expect(readsOf(expr(' nodes.draft.subject '))).toEqual({ paths: [['nodes', 'draft', 'subject']], whole: true });
  expect(readsOf(expr('item'))).toEqual({ paths: [['item']], whole: true });
});

test('what is computed from members, or is one of a list, is not', () => {
  expect(readsOf(expr('nodes.csv.rows[0]'))).toMatchObject({ whole: false });
  expect(readsOf(expr('nodes.a.x + run.input.name'))).toEqual({
    paths: [
      ['nodes', 'a', 'x'],
      ['run', 'input', 'name'],
    ],
    whole: false,
  });
});

test('a template reads what stands in its braces, and a member that may be absent is read too', () => {
  expect(readsOf({ kind: 'template', template: 'Dear {{ item.name }}, {{ nodes.?draft.?text.orValue("") }}' })).toEqual(
    {
      paths: [
        ['item', 'name'],
        ['nodes', 'draft', 'text'],
      ],
      whole: false,
    },
  );
});

test('what cannot be read is told apart from what reads nothing', () => {
  expect(readsOf(expr('nodes.'))).toBeNull();
  expect(readsOf({ kind: 'template', template: '{{ ' })).toBeNull();
});
