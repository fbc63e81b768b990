import { createStore, type StoreApi } from 'zustand/vanilla';

/** The node types that somebody wants at hand, in the order in which they were starred. */
export type Favourites = { store: StoreApi<readonly string[]>; toggle(type: string): void };

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;
const key = 'solograph.favourites';

/** Favourites, kept in the browser. Where it keeps nothing they last as long as the page. */
export function createFavourites(shelf: Shelf | null): Favourites {
  const store = createStore<readonly string[]>(() => read(shelf));
  return {
    store,
    toggle(type) {
      const before = store.getState();
      const after = before.includes(type) ? before.filter((known) => known !== type) : [...before, type];
      store.setState(after, true);
      write(shelf, after);
    },
  };
}

let shared: Favourites | null = null;

/** The favourites of this browser. */
export function favourites(): Favourites {
  shared ??= createFavourites(typeof window === 'undefined' ? null : window.localStorage);
  return shared;
}

function read(shelf: Shelf | null): readonly string[] {
  try {
    const kept: unknown = JSON.parse(shelf?.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((type) => typeof type === 'string') : [];
  } catch (error) {
    console.warn('The favourites of this browser could not be read; there are none.', error);
    return [];
  }
}

function write(shelf: Shelf | null, types: readonly string[]): void {
  try {
    shelf?.setItem(key, JSON.stringify(types));
  } catch (error) {
    console.warn('The favourites could not be kept in this browser.', error);
  }
}
