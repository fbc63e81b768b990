import { describe, expect, it } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import type { Fitting } from './fitting.ts';
import { pickerGroups } from './picker-entries.ts';

const fitting: Fitting = {
  'email.send': { fits: false, inputs: ['To'] },
  'event.send': { fits: true, inputs: [] },
  'flow.wait': { fits: true, inputs: [] },
};
const titles = (query: string, starred: string[] = []) =>
  pickerGroups(definitions, query, { fitting, starred, others: 'Needs more' }).map(({ title, entries }) => [
    title,
    entries.map(({ declaration }) => declaration.type),
  ]);

describe('the picker', () => {
  it('offers what fits first, then what needs more, and nothing else; favourites lead', () => {
    expect(titles('')).toEqual([
      ['Fits', ['event.send', 'flow.wait']],
      ['Needs more', ['email.send']],
    ]);
    expect(titles('', ['flow.wait'])[0]).toEqual(['Fits', ['flow.wait', 'event.send']]);
  });

  it('ranks by the query, with what fits a little ahead', () => {
    expect(titles('send')).toEqual([['Found', ['event.send', 'email.send']]]);
    expect(titles('mail')).toEqual([['Found', ['email.send']]]);
    expect(titles('zzzz')).toEqual([]);
  });

  it('offers everything where nothing is known of what fits', () => {
    const groups = pickerGroups(definitions, '', { fitting: null, starred: [], others: '' });
    expect(groups.map(({ entries }) => entries.length)).toEqual([definitions.size]);
  });
});
