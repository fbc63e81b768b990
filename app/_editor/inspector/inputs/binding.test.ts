import { describe, expect, it } from 'vitest';
import { nullable, t } from '#nodes/core/types.ts';
import { convertBinding, usualKind } from './binding.ts';

describe('how an input is bound', () => {
  it.each([
    ['text', t.string(), 'template'],
    ['text that may be missing', nullable(t.string()), 'template'],
    ['a choice', t.string({ enum: ['a', 'b'] }), 'value'],
    ['a file', t.file(), 'expr'],
    ['a number', t.integer(), 'value'],
    ['yes or no', t.boolean(), 'expr'],
    ['a list', t.array(t.any()), 'expr'],
    ['anything', t.any(), 'expr'],
  ])('%s', (_name, type, kind) => {
    expect(usualKind(type)).toBe(kind);
  });

  it('changes form without losing what can be said', () => {
    const expr = { kind: 'expr', expr: 'run.input.name' } as const;
    const template = { kind: 'template', template: '{{ run.input.name }}' } as const;
    expect(convertBinding(expr, 'template')).toEqual(template);
    expect(convertBinding(template, 'expr')).toEqual(expr);
    expect(convertBinding({ kind: 'template', template: 'Hello' }, 'value')).toEqual({ kind: 'value', value: 'Hello' });
    expect(convertBinding({ kind: 'value', value: 3 }, 'expr')).toEqual({ kind: 'expr', expr: '3' });
    expect(convertBinding({ kind: 'expr', expr: '[1, 2]' }, 'value')).toEqual({ kind: 'value', value: [1, 2] });
    expect(convertBinding({ kind: 'template', template: 'Hi' }, 'expr')).toEqual({ kind: 'expr', expr: '"Hi"' });
  });

  it('begins empty where it cannot be said', () => {
    expect(convertBinding({ kind: 'expr', expr: 'run.input' }, 'value')).toBeNull();
    expect(convertBinding({ kind: 'value', value: { a: 1 } }, 'template')).toBeNull();
    expect(convertBinding({ kind: 'template', template: 'Hi {{ a }} {{ b }}' }, 'expr')).toBeNull();
    expect(convertBinding(undefined, 'expr')).toBeNull();
  });
});
