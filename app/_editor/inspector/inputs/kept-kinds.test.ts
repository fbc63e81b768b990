import { expect, it } from 'vitest';
import { createKeptKinds } from './kept-kinds.ts';

const template = { kind: 'template', template: 'Dear {{ run.input.name }} of {{ run.input.city }}' } as const;

it('keeps what was written when another way was only looked at', () => {
  const kept = createKeptKinds();
  expect(kept.change(template, 'expr')).toBeNull();
  expect(kept.change(undefined, 'value')).toBeNull();
  expect(kept.change(undefined, 'template')).toEqual(template);
});

it('carries over what was written since, as far as it can be said', () => {
  const kept = createKeptKinds();
  expect(kept.change({ kind: 'template', template: 'Hello' }, 'value')).toEqual({ kind: 'value', value: 'Hello' });
  expect(kept.change({ kind: 'value', value: 'Good day' }, 'template')).toEqual({
    kind: 'template',
    template: 'Good day',
  });
});

it('comes back to what stood there where the new one cannot be said', () => {
  const kept = createKeptKinds();
  kept.change(template, 'expr');
  expect(kept.change({ kind: 'expr', expr: '1 + 2' }, 'value')).toBeNull();
  expect(kept.change(undefined, 'expr')).toEqual({ kind: 'expr', expr: '1 + 2' });
});
