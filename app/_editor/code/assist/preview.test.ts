import { describe, expect, it } from 'vitest';
import type { ScopeValues } from '#nodes/core/bindings.ts';
import { t } from '#nodes/core/types.ts';
import { previewOf } from './preview.ts';

const values: ScopeValues = {
  run: { id: '12', input: { name: 'Maria', email: null }, startedAt: '2026-03-02T09:00:00Z' },
  nodes: { csv: { rows: [{ name: 'Chai', total: 3 }] } },
  item: { name: 'Chai' },
  index: 2,
};
const ofExpr = (expr: string, more = {}) => previewOf({ source: { kind: 'expr', expr }, ...more }, values);
const ofTemplate = (template: string) => previewOf({ source: { kind: 'template', template } }, values);

describe('the preview of a field', () => {
  it('is what a run would give', () => {
    expect(ofExpr('nodes.csv.rows')).toMatchObject({ ok: true, text: false, shown: '[{name: "Chai", total: 3}]' });
    expect(ofExpr('item.name + string(index)')).toMatchObject({ ok: true, text: true, shown: 'Chai2' });
    expect(ofTemplate('Dear {{ run.input.name }}, \\{{ {{ run.input.email }}')).toMatchObject({
      shown: 'Dear Maria, {{ ',
    });
  });

  it('says what fails, where, and in plain words', () => {
    expect(ofExpr('nodes.gone.text')).toEqual({
      ok: false,
      message: 'There is no "gone". Use .?gone and orValue(…) where it may be absent.',
      range: expect.anything(),
    });
    const failed = ofTemplate('Dear {{ run.input.name }} of {{ nodes.gone.text }}');
    expect(failed).toMatchObject({ ok: false, range: { start: expect.any(Number) } });
    if (!failed.ok) expect(failed.range?.start).toBeGreaterThan(30);
    expect(ofTemplate('{{ 1 ')).toMatchObject({ ok: false, message: expect.stringMatching(/^The braces/) });
  });

  it('says where the value is not what the input takes', () => {
    expect(ofExpr('run.input.name', { expects: t.integer() })).toMatchObject({
      ok: true,
      misfit: 'Must be whole number; it is "Maria".',
    });
    expect(ofExpr('run.input.name', { expects: t.string() })).toMatchObject({ misfit: null });
  });

  it('gives an expression of a configuration what is bound to the inputs of its node', () => {
    const inputs = { name: { kind: 'expr', expr: 'run.input.name' }, more: { kind: 'value', value: 3 } } as const;
    expect(ofExpr('name + string(more)', { inputs })).toMatchObject({ shown: 'Maria3' });
    const broken = { name: { kind: 'expr', expr: 'nodes.gone' } } as const;
    expect(ofExpr('name', { inputs: broken })).toMatchObject({ ok: false, range: null });
  });

  it('cuts what is long', () => {
    const long = previewOf({ source: { kind: 'expr', expr: 'item' } }, { ...values, item: 'x'.repeat(5_000) });
    expect(long).toMatchObject({ more: 3_000 });
    const list = previewOf(
      { source: { kind: 'expr', expr: 'item' } },
      { ...values, item: Array.from({ length: 80 }, (_, i) => i) },
    );
    expect(list).toMatchObject({ shown: expect.stringMatching(/… 30 more\]$/) });
  });
});
