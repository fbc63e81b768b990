import { describe, expect, it } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { bestMatches, libraryGroups } from './search.ts';

describe('the library', () => {
  it('groups by category, triggers first, and leaves out empty groups', () => {
    const groups = libraryGroups(definitions, '');
    expect(groups[0]?.title).toBe('Triggers');
    expect(groups.flatMap(({ entries }) => entries)).toHaveLength(definitions.size);
  });

  it('finds by title, by type, by letters in order', () => {
    const first = (query: string) => bestMatches(definitions, query)[0]?.type;
    expect(first('csv')).toBe('data.csv');
    expect(first('email.send')).toBe('email.send');
    expect(first('frech')).toBe('flow.map');
    expect(bestMatches(definitions, 'zzzz')).toEqual([]);
  });
});
