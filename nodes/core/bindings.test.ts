import { describe, expect, test } from 'vitest';
import { checkBinding, evaluateBinding, evaluateInputs, type ScopeValues } from './bindings.ts';
import { scopeOf } from './cel/kinds.ts';
import { NodeError } from './errors.ts';
import type { Prompt, ResolvedBinding } from './graph.ts';
import { type Type, t } from './types.ts';

const none: ReadonlyMap<string, Prompt> = new Map();
const scope = scopeOf({ item: t.object({ name: t.string(), n: t.integer() }) });
const value = (given: Extract<ResolvedBinding, { kind: 'value' }>['value']): ResolvedBinding => ({
  kind: 'value',
  value: given,
});
const expr = (text: string): ResolvedBinding => ({ kind: 'expr', expr: text });
const template = (text: string): ResolvedBinding => ({ kind: 'template', template: text });

describe('checking a binding', () => {
  test.each<[ResolvedBinding, Type]>([
    [value('a'), t.string()],
    [expr('item.n'), t.number()],
    [template('{{ item.n }}'), t.string({ format: 'email' })],
    [template('x'), t.any()],
  ])('%j fits %j', (binding, expected) => {
    expect(checkBinding(binding, scope, { expected, prompts: none })).toMatchObject({ ok: true });
  });

  test.each<[ResolvedBinding, Type, string, string]>([
    [value(1), t.string(), 'TYPE_MISMATCH', 'Expected text, got 1.'],
    [value({ a: 1 }), t.object({ a: t.string() }), 'TYPE_MISMATCH', 'Expected text at a, got 1.'],
    [expr('item.name'), t.number(), 'TYPE_MISMATCH', 'Expected number, got text.'],
    [expr('item.'), t.number(), 'EXPRESSION_SYNTAX', 'A name is missing'],
    [template('{{ item.x }}'), t.string(), 'UNKNOWN_VARIABLE', 'There is no "x" in item'],
    [template('x'), t.number(), 'TYPE_MISMATCH', 'Expected number, got text from a template.'],
  ])('%j does not fit %j', (binding, expected, code, message) => {
    const checked = checkBinding(binding, scope, { expected, prompts: none });
    expect(checked).toMatchObject({ ok: false, code });
    expect(checked.ok ? '' : checked.message).toContain(message);
  });

  test('a binding tells its type and what it reads', () => {
    expect(checkBinding(value([1]), scope, { expected: t.any(), prompts: none })).toEqual({
      ok: true,
      type: t.array(t.integer()),
      reads: [],
    });
    expect(checkBinding(expr('item.n'), scope, { expected: t.any(), prompts: none })).toEqual({
      ok: true,
      type: t.integer(),
      reads: [['item', 'n']],
    });
  });
});

const values: ScopeValues = {
  run: { id: 'r1', input: { to: 'ada@example.test' }, startedAt: '2026-01-31T00:00:00Z', spendMicros: 7 },
  nodes: { draft: { subject: 'Hello' }, outer: { item: 'o', index: 1 } },
  item: { n: 2 },
  index: 3,
};

describe('evaluating bindings', () => {
  test('run, nodes, item and index are read', () => {
    expect(
      evaluateBinding(expr('[run.id, run.spendMicros, nodes.draft.subject, nodes.outer.item, item.n, index]'), values),
    ).toEqual(['r1', 7, 'Hello', 'o', 2, 3]);
    expect(evaluateBinding(template('{{ run.input.to }}'), values)).toBe('ada@example.test');
    expect(evaluateBinding(value(null), values)).toBeNull();
  });

  test('outside a map there is no item, and a run that has spent nothing has spent 0', () => {
    const outside: ScopeValues = { run: { id: 'r1', input: {}, startedAt: '2026-01-31T00:00:00Z' }, nodes: {} };
    expect(evaluateBinding(expr('run.spendMicros'), outside)).toBe(0);
    expect(() => evaluateBinding(expr('item'), outside)).toThrow('there is no variable "item"');
  });

  test('inputs are evaluated and checked against their types', () => {
    const inputs = { to: { ...expr('run.input.to'), reads: [] }, more: { ...value(1), reads: [] } };
    expect(evaluateInputs({ inputs, inputTypes: { to: t.string({ format: 'email' }) } }, values)).toEqual({
      to: 'ada@example.test',
      more: 1,
    });
  });

  test('a value of the wrong type is refused with the input, what is expected and what it is', () => {
    const state = {
      inputs: { to: { ...expr('run.id'), reads: [] } },
      inputTypes: { to: t.string({ format: 'email' }) },
    };
    expect(() => evaluateInputs(state, values)).toThrow('The input "to" must be e-mail address; it is "r1".');
    const nested = {
      inputs: { data: { ...expr('{"a": [item.n]}'), reads: [] } },
      inputTypes: { data: t.object({ a: t.array(t.string()) }) },
    };
    expect(() => evaluateInputs(nested, values)).toThrow('The input "data" at a[0] must be text; it is 2.');
  });

  test('an expression that fails names the input', () => {
    const state = { inputs: { to: { ...expr('nodes.gone.x'), reads: [] } }, inputTypes: {} };
    expect(() => evaluateInputs(state, values)).toThrow(
      'The input "to" has no value. The expression "nodes.gone.x" failed',
    );
    const broken = { inputs: { to: { ...template('{{'), reads: [] } }, inputTypes: {} };
    try {
      evaluateInputs(broken, values);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NodeError);
      expect(error).toMatchObject({ code: 'EXPRESSION_FAILED', happened: 'no' });
    }
  });
});
