import { describe, expect, it } from 'vitest';
import { nullable, t } from '#nodes/core/types.ts';
import { childrenOf, insertionOf, type ScopeEntry, scopeRoots, searchEntries, typeWords } from './scope-tree.ts';

const roots = scopeRoots({
  variables: {
    run: t.object({ id: t.string(), input: t.object({ email: t.string() }) }),
    nodes: t.object(
      {
        csv: t.object({ rows: t.array(t.object({ 'Company Name': t.string(), total: t.number() })) }),
        draft: t.object({ subject: t.string(), note: t.string() }, ['subject']),
        ask: t.union(t.object({ text: t.string() }), t.object({ reason: t.string() })),
      },
      ['csv', 'ask'],
    ),
    item: t.record(t.any()),
    index: t.integer(),
  },
  outcomes: { csv: ['ok'], draft: ['ok'], ask: ['approved', 'rejected'] },
  values: {
    nodes: { csv: { rows: [{ 'Company Name': 'Chai Ltd', total: 3 }] } },
    item: { sku: 'A1', count: 2 },
    index: 0,
  },
  titleOf: (id) => ({ csv: 'Read rows', draft: 'Draft', ask: 'Ask me' })[id],
});
const at = (...names: string[]): ScopeEntry => {
  let entries = roots;
  let found: ScopeEntry | undefined;
  for (const name of names) {
    found = entries.find((entry) => entry.name === name);
    if (!found) throw new Error(`There is no ${name} among ${entries.map((entry) => entry.name).join(', ')}.`);
    entries = childrenOf(found);
  }
  return found as ScopeEntry;
};

describe('what a field may read', () => {
  it('begins with the item at hand, then nodes with their titles and outcomes, then what the run is given', () => {
    expect(roots.map(({ name }) => name)).toEqual(['item', 'index', 'csv', 'draft', 'ask', 'run.input', 'run']);
    expect(at('csv').title).toBe('Read rows, ok');
    expect(at('ask').title).toBe('Ask me, approved or rejected');
    expect(at('run.input', 'email').expr).toBe('run.input.email');
  });

  it('reads what may be absent as such', () => {
    expect(at('draft')).toMatchObject({ expr: 'nodes.?draft', absent: true });
    expect(at('draft', 'subject')).toMatchObject({ expr: 'nodes.?draft.subject', absent: true });
    expect(at('draft', 'note').expr).toBe('nodes.?draft.?note');
    expect(at('ask', 'text').expr).toBe('nodes.ask.?text');
    expect(insertionOf(at('draft', 'subject'), 'cel')).toBe('nodes.?draft.subject.orValue("")');
    expect(insertionOf(at('draft', 'subject'), 'template')).toBe('nodes.?draft.subject');
    expect(insertionOf(at('draft'), 'cel')).toBe('nodes.?draft');
    expect(insertionOf(at('run.input', 'email'), 'cel')).toBe('run.input.email');
  });

  it('shows the values of the run, of a list those of its first item', () => {
    expect(at('csv', 'rows', '[0]', 'Company Name')).toMatchObject({
      expr: 'nodes.csv.rows[0]["Company Name"]',
      value: 'Chai Ltd',
    });
    expect(at('item', 'count')).toMatchObject({ expr: 'item.count', value: 2 });
    expect(typeWords(at('csv', 'rows'))).toBe('list of object {Company Name, total}');
  });

  it('stands in for what may be null', () => {
    const list = (type: ReturnType<typeof t.string>): ScopeEntry => ({
      expr: 'x',
      name: 'x',
      type,
      absent: true,
      unsure: true,
    });
    expect(insertionOf(list(nullable(t.integer())), 'cel')).toBe('x.orValue(0)');
    expect(insertionOf(list(t.boolean()), 'cel')).toBe('x.orValue(false)');
    expect(insertionOf(list(t.array(t.any())), 'cel')).toBe('x.orValue([])');
    expect(insertionOf(list(t.file()), 'cel')).toBe('x');
    expect(childrenOf({ ...list(nullable(t.array(t.string()))), absent: false })[0]?.expr).toBe('x[?0]');
    expect(typeWords(list(nullable(t.string())))).toBe('text');
  });

  it('is found by its name, its title and its way, best names first', () => {
    expect(searchEntries(roots, 'total').map(({ expr }) => expr)).toEqual(['nodes.csv.rows[0].total']);
    expect(searchEntries(roots, 'read company').map(({ expr }) => expr)).toEqual(['nodes.csv.rows[0]["Company Name"]']);
    expect(searchEntries(roots, 'nothing like it')).toEqual([]);
  });
});
