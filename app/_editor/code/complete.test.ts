import { describe, expect, it } from 'vitest';
import { nullable, t } from '#nodes/core/types.ts';
import { expressionBefore, suggestionsFor, typeAt } from './complete.ts';

const variables = {
  run: t.object({ input: t.object({ email: t.string({ format: 'email' }) }) }),
  nodes: t.object(
    {
      csv: t.object({ rows: t.array(t.object({ name: t.string() })) }),
      draft: nullable(t.object({ subject: t.string() })),
    },
    ['csv'],
  ),
};
const labels = (before: string) => suggestionsFor(before, variables)?.options.map(({ label }) => label);

describe('completion', () => {
  it('offers the variables where a name begins', () => {
    expect(labels('')).toEqual(['run', 'nodes']);
    expect(labels('size(no')).toEqual(['run', 'nodes']);
    expect(suggestionsFor('1 + no', variables)?.from).toBe(4);
  });

  it('offers the members of what stands before the dot, with their types', () => {
    expect(labels('run.input.')).toEqual(['email']);
    expect(suggestionsFor('run.input.em', variables)).toMatchObject({
      from: 10,
      options: [{ label: 'email', detail: 'e-mail address' }],
    });
    expect(labels('nodes.csv.rows[0].')).toEqual(['name']);
  });

  it('writes ?name for what may be absent', () => {
    const [, draft] = suggestionsFor('nodes.', variables)?.options ?? [];
    expect(draft).toMatchObject({ label: 'draft', apply: '?draft' });
    const [, after] = suggestionsFor('nodes.?', variables)?.options ?? [];
    expect(after?.apply).toBeUndefined();
    expect(labels('nodes.?draft.')).toEqual(['subject']);
  });

  it('is quiet inside a string and behind what nobody knows', () => {
    expect(suggestionsFor('"nodes.', variables)).toBeNull();
    expect(suggestionsFor('unknown.', variables)).toBeNull();
    expect(typeAt('nodes.csv.nothing', variables)).toBeNull();
  });

  it('works in the holes of a template only', () => {
    expect(expressionBefore('Hi {{ run.input. }}!', 16)).toEqual({ text: ' run.input.', start: 5 });
    expect(expressionBefore('Hi {{ run }} there', 15)).toBeNull();
    expect(expressionBefore('Hi', 2)).toBeNull();
  });
});
