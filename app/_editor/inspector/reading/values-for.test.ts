import { describe, expect, it } from 'vitest';
import type { FieldScope } from '#nodes/core/compile/inspect.ts';
import { t } from '#nodes/core/types.ts';
import type { RunScopeValues } from '#server/runs/scope-values.ts';
import { sourceText, valuesFor } from './values-for.ts';

const scope: FieldScope = {
  variables: {
    run: t.object({ id: t.string(), input: t.object({ email: t.string(), days: t.integer() }) }),
    nodes: t.object({
      draft: t.object({ subject: t.string() }),
      each: t.object({ item: t.string(), index: t.integer() }),
    }),
    item: t.string(),
    index: t.integer(),
  },
  outcomes: { draft: ['ok'] },
  around: ['each'],
};
const found: RunScopeValues = {
  run: { id: '9', ref: 12, input: { email: 'ann@example.test' }, startedAt: '2026-01-01T00:00:00Z', spendMicros: 5 },
  nodes: { each: { item: 'Chang', index: 2 } },
  item: { value: 'Chang', index: 2, total: 84 },
  leftOut: {},
  unknown: [],
};

const nothing = { input: {}, itemNames: [] };

describe('values for a preview', () => {
  it('are made up as long as there is no run, with what was given last', () => {
    const { values, run, item } = valuesFor(scope, null, { input: { days: 14 }, itemNames: [] });
    expect(values.run.input).toEqual({ email: 'maria@example.test', days: 14 });
    expect(values.nodes).toMatchObject({ draft: { subject: 'Your last order' } });
    expect([values.index, run, item]).toEqual([0, null, null]);
    expect(sourceText({ run, sampled: [] })).toBe('on sample data');
  });

  it('are those of the run; what it passed by stays absent', () => {
    const read = valuesFor(scope, found, nothing);
    expect(read.values).toMatchObject({ item: 'Chang', index: 2, run: { input: { email: 'ann@example.test' } } });
    expect(read.values.nodes).not.toHaveProperty('draft');
    expect(read.item).toEqual({ around: 'each', index: 2, total: 84 });
    expect(sourceText(read)).toBe('on R-12');
  });

  it('are made up for what the run does not know, has no item of, or is too large', () => {
    const read = valuesFor(
      scope,
      { ...found, item: null, nodes: {}, unknown: ['draft', 'each'], leftOut: { 'run.input': 'large' } },
      nothing,
    );
    expect(read.values.nodes).toMatchObject({
      draft: { subject: 'Your last order' },
      each: { index: expect.any(Number) },
    });
    expect(read.values.item).toBe('some item');
    expect(read.values.run.input).toHaveProperty('days');
    expect(sourceText(read)).toBe('on R-12, draft, run.input sampled');
  });

  it('give an item of a table that nobody listed the columns that are read', () => {
    const open = { ...scope, variables: { ...scope.variables, item: t.record(t.any()) } };
    const { values } = valuesFor(open, null, { input: {}, itemNames: ['email', 'Company Name'] });
    expect(values.item).toEqual({ email: 'maria@example.test', 'Company Name': 'Alfreds Futterkiste' });
  });
});
