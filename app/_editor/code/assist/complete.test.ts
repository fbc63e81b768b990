import { describe, expect, it } from 'vitest';
import { nullable, t } from '#nodes/core/types.ts';
import { suggestionsFor } from './complete.ts';
import { expressionBefore } from './hole.ts';

const row = t.object({ name: t.string(), 'Company Name': t.string(), total: t.number() });
const variables = {
  run: t.object({ input: t.object({ email: t.string({ format: 'email' }) }) }),
  nodes: t.object(
    {
      csv: t.object({ rows: t.array(row) }),
      draft: nullable(t.object({ subject: t.string() })),
    },
    ['csv'],
  ),
};
const offered = (before: string, kind?: string) =>
  suggestionsFor(before, variables)
    ?.options.filter((option) => kind === undefined || option.kind === kind)
    .map(({ label }) => label);

describe('completion', () => {
  it('offers variables, functions and words where a value begins', () => {
    expect(offered('', 'variable')).toEqual(['run', 'nodes']);
    expect(offered('size(no', 'variable')).toEqual(['run', 'nodes']);
    expect(offered('1 + ', 'function')).toContain('round');
    expect(offered('a == ', 'word')).toEqual(['true', 'false', 'null']);
    expect(suggestionsFor('1 + no', variables)?.from).toBe(4);
  });

  it('offers the members of what stands before the dot, with their types', () => {
    expect(offered('run.input.', 'member')).toEqual(['email']);
    const found = suggestionsFor('run.input.em', variables);
    expect(found).toMatchObject({ from: 10, of: 'run.input' });
    expect(found?.options[0]).toMatchObject({ label: 'email', detail: 'e-mail address' });
    expect(offered('nodes.csv.rows[0].', 'member')).toEqual(['name', 'total']);
    expect(offered('nodes.csv.rows.filter(r, r.total > 1)[0].', 'member')).toEqual(['name', 'total']);
  });

  it('offers text methods on text and list methods on lists', () => {
    const text = offered('run.input.email.', 'method');
    expect(text).toContain('split');
    expect(text).not.toContain('map');
    const list = offered('nodes.csv.rows.', 'method');
    expect(list).toEqual(['size', 'map', 'filter', 'all', 'exists', 'exists_one']);
    expect(offered('run.input.email.split("@").', 'method')).toContain('join');
    expect(offered('date("2026-01-31").', 'method')).toContain('getMonth');
    expect(offered('nodes.?draft.', 'method')).toEqual(['orValue', 'or', 'hasValue', 'value']);
  });

  it('knows the variable of the loops that the cursor is in', () => {
    expect(offered('nodes.csv.rows.map(r, r.', 'member')).toEqual(['name', 'total']);
    expect(offered('nodes.csv.rows.map(r, ', 'local')).toEqual(['r']);
    expect(offered('nodes.csv.rows.filter(r, nodes.csv.rows.exists(other, other.', 'member')).toEqual([
      'name',
      'total',
    ]);
    expect(offered('nodes.csv.rows.map(r, r.name).', 'method')).toContain('join');
    expect(offered('nodes.csv.rows.map(r, r.name) + r.')).toBeUndefined();
  });

  it('proposes a name for each item', () => {
    expect(offered('nodes.csv.rows.map(')).toEqual(['row']);
    expect(offered('[1].filter(')).toEqual(['x']);
  });

  it('writes ?name for what may be absent or null', () => {
    const [, draft] = suggestionsFor('nodes.', variables)?.options ?? [];
    expect(draft).toMatchObject({ label: 'draft', apply: '?draft' });
    const [, after] = suggestionsFor('nodes.?', variables)?.options ?? [];
    expect(after?.apply).toBeUndefined();
    expect(offered('nodes.?draft.', 'member')).toEqual(['subject']);
    expect(suggestionsFor('nodes.?draft.', variables)?.options[0]?.apply).toBeUndefined();
  });

  it('puts the cursor between the brackets of what takes an argument', () => {
    const functions = suggestionsFor('', variables)?.options ?? [];
    expect(functions.find(({ label }) => label === 'round')).toMatchObject({ apply: 'round()', back: 1 });
    const trim = suggestionsFor('run.input.email.', variables)?.options.find(({ label }) => label === 'trim');
    expect(trim).toMatchObject({ apply: 'trim()' });
    expect(trim?.back).toBeUndefined();
  });

  it('is quiet inside a text, behind a number, a value and what nobody knows', () => {
    expect(suggestionsFor('"nodes.', variables)).toBeNull();
    expect(suggestionsFor('1.', variables)).toBeNull();
    expect(suggestionsFor('unknown.', variables)).toBeNull();
    expect(suggestionsFor('(1 + 2)', variables)).toBeNull();
    expect(offered('"a" ')).toEqual(['in']);
  });

  it('works in the holes of a template only', () => {
    expect(expressionBefore('Hi {{ run.input. }}!', 16)).toEqual({ text: ' run.input.', start: 5 });
    expect(expressionBefore('Hi {{ run }} there', 15)).toBeNull();
    expect(expressionBefore('Hi \\{{ run', 10)).toBeNull();
    expect(expressionBefore('Hi', 2)).toBeNull();
  });
});
