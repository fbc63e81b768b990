import { describe, expect, it, vi } from 'vitest';
import { createFavourites } from './favourites.ts';

function shelfWith(text: string | null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

describe('favourites', () => {
  it('are starred and unstarred, and are still there the next time', () => {
    const shelf = shelfWith(null);
    const first = createFavourites(shelf);
    first.toggle('data.csv');
    first.toggle('flow.map');
    first.toggle('data.csv');
    expect(first.store.getState()).toEqual(['flow.map']);
    expect(createFavourites(shelf).store.getState()).toEqual(['flow.map']);
  });

  it('are none where what is kept cannot be read', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(createFavourites(shelfWith('{')).store.getState()).toEqual([]);
    expect(createFavourites(shelfWith('{"a":1}')).store.getState()).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('last as long as the page where nothing can be kept', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    const kept = createFavourites(full);
    kept.toggle('data.csv');
    expect(kept.store.getState()).toEqual(['data.csv']);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
