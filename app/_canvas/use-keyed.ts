'use client';
import { useEffect, useReducer } from 'react';
import type { KeyedStore } from './keyed-store.ts';

type Watched<Value> = Pick<KeyedStore<Value>, 'get' | 'watch'> | null | undefined;
type Values<Stores extends readonly Watched<unknown>[]> = {
  [At in keyof Stores]: (Stores[At] extends Watched<infer Value> ? Value : never) | undefined;
};

/**
 * What each of these stores holds under one key; undefined where there is nothing, or no such store. Renders again when
 * any of it changes. One subscription for all of them, because a thousand cards and edges have several each.
 */
export function useKeyed<const Stores extends readonly Watched<unknown>[]>(key: string, stores: Stores) {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const values = stores.map((store) => store?.get(key)) as Values<Stores>;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was rendered is compared once, when watching begins
  useEffect(() => {
    const stops = stores.map((store) => store?.watch(key, again));
    if (stores.some((store, at) => !Object.is(store?.get(key), values[at]))) again();
    return () => {
      for (const stop of stops) stop?.();
    };
  }, [key, ...stores]);
  return values;
}
