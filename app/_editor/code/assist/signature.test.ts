import { expect, it } from 'vitest';
import { t } from '#nodes/core/types.ts';
import { signatureAt } from './signature.ts';

const variables = { name: t.string(), rows: t.array(t.object({ name: t.string() })) };
const shown = (before: string) =>
  signatureAt(before, variables)
    ?.pieces.map(({ text, current }) => (current ? `*${text}*` : text))
    .join('');

it('shows the signature of the call that the cursor is in, with the argument being written', () => {
  expect(shown('round(')).toBe('round(*number*): integer');
  expect(shown('round(1.5, ')).toBe('round(number, *number*): number');
  expect(shown('name.replace("a", "b')).toBe('text.replace(text, *text*): text');
  expect(shown('1 + max(2, min(3, 4) + ')).toBe('max(number, *number*): number');
});

it('chooses among ways of one name by what it is called on', () => {
  expect(shown('name.size(')).toBe('text.size(): integer');
  expect(shown('rows.size(')).toBe('list.size(): integer');
  expect(shown('rows.map(r, r.name.size(')).toBe('text.size(): integer');
  expect(shown('unknown.size(')).toBe('text.size(): integer');
});

it('looks past brackets that are no call', () => {
  expect(shown('sum([1, 2')).toBe('sum(*list*): number');
  expect(shown('rows.map(r, {"name": ')).toBe('list.map(x, *…*): list');
  expect(signatureAt('(1 + ', variables)).toBeNull();
  expect(signatureAt('round(1)', variables)).toBeNull();
  expect(signatureAt('nothing(', variables)).toBeNull();
});
