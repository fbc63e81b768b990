import { describe, expect, it } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { libraryGroups } from './groups.ts';
import { searchLibrary } from './search.ts';

const find = (query: string) => searchLibrary(definitions.values(), query);

describe('the library', () => {
  it('groups by category, triggers first, and leaves out empty groups', () => {
    const groups = libraryGroups(definitions);
    expect(groups[0]?.title).toBe('Triggers');
    expect(groups.flatMap(({ entries }) => entries)).toHaveLength(definitions.size);
  });

  it('has everything where nothing is searched for', () => {
    expect(find(' ')).toHaveLength(definitions.size);
  });

  it.each([
    ['csv', 'data.csv'],
    ['email.send', 'email.send'],
    ['frech', 'flow.map'],
    ['sndml', 'email.send'],
    ['Start by hand', 'trigger.manual'],
    ['outbox', 'email.send'],
  ])('finds by title, type, category and description: %s', (query, type) => {
    expect(find(query)[0]?.declaration.type).toBe(type);
  });

  it('finds all of a category by its name before anything else', () => {
    const models = [...definitions.values()].filter(({ category }) => category === 'model');
    const first = find('models').slice(0, models.length);
    expect(first.map(({ declaration }) => declaration.type).sort()).toEqual(models.map(({ type }) => type).sort());
  });

  it('finds nothing where nothing is meant', () => {
    expect(find('zzzz')).toEqual([]);
  });

  it('marks the letters that matched, in the description where the title has none', () => {
    const [byTitle] = find('frech');
    expect(byTitle?.title.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['F', 'r', 'e', 'ch']);
    expect(byTitle?.description).toBeNull();
    const [byDescription] = find('outbox');
    expect(byDescription?.title).toEqual([{ text: 'Send e-mail', marked: false }]);
    expect(byDescription?.description?.map(({ text }) => text).join('')).toBe('… it stays in the Outbox, not sent.');
    expect(byDescription?.description?.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['Outbox']);
  });
});
