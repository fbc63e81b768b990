import { expect, it } from 'vitest';
import { excerpts } from './excerpt.ts';

it('shows two long texts from a little before where they differ', () => {
  const same = 'Write to the customer in a friendly tone. ';
  expect(excerpts(`${same}Be brief.`, `${same}Be thorough.`)).toEqual({
    mine: '… in a friendly tone. Be brief.',
    theirs: '… in a friendly tone. Be thorough.',
  });
});

it('reads bindings as what they say, and an absent value as nothing', () => {
  expect(excerpts({ kind: 'expr', expr: 'nodes.a.b' }, { kind: 'template', template: 'Hi' })).toEqual({
    mine: 'nodes.a.b',
    theirs: 'Hi',
  });
  expect(excerpts({ kind: 'value', value: 7 }, undefined)).toEqual({ mine: '7', theirs: 'Nothing' });
});
