'use client';
import { type ComponentType, createElement, useSyncExternalStore } from 'react';
import { type LazyState, lazyStore } from './lazy-store.ts';
import { browserWorld } from './lazy-world.ts';
import { Unloaded } from './unloaded.tsx';

const parts: (() => Promise<unknown>)[] = [];
const idle = { is: 'idle' } as const;

/**
 * A part of the page that is no part of its first load: it is fetched when it is first shown, or before that, by
 * `fetchPartsWhenIdle`. Until it is there, nothing is. Where it cannot be fetched for now, `Otherwise` stands there, and
 * the part takes its place by itself once it can be.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Otherwise: ComponentType = Unloaded,
): ComponentType<Props> {
  const store = lazyStore(load, browserWorld);
  parts.push(store.fetch);
  return function LazyPart(props) {
    const state: LazyState<ComponentType<Props>> = useSyncExternalStore(store.want, store.state, () => idle);
    if (state.is === 'here') return createElement(state.part, props);
    return state.is === 'away' ? createElement(Otherwise) : null;
  };
}

/** Begins to fetch what is about to be shown. One that cannot be fetched now is fetched when it is shown. */
export function fetchAhead(load: () => Promise<unknown>): void {
  void load().catch(() => undefined);
}

/**
 * Fetches all parts, one by one, whenever the page has nothing else to do: so they open at once, also where the network
 * is gone by then. Answers how to end that.
 */
export function fetchPartsWhenIdle(): () => void {
  let waiting = [...parts];
  let ended = false;
  const next = async () => {
    const fetch = waiting.shift();
    if (!fetch || ended) return;
    await fetch();
    soon();
  };
  const soon = () => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void next());
    else setTimeout(() => void next(), 100);
  };
  const timer = setTimeout(soon, 4_000);
  // What could not be fetched while the network was gone is fetched once it is back.
  const endOnline = browserWorld.onOnline(() => {
    const resting = waiting.length === 0;
    waiting = [...parts];
    if (resting) soon();
  });
  return () => {
    ended = true;
    clearTimeout(timer);
    endOnline();
  };
}

/** Fetches what a press may want at any time, as soon as the page has opened and rests, `afterMs` at the earliest. Answers how to end that. */
export function fetchSoon(load: () => Promise<unknown>, afterMs = 1_500): () => void {
  let idle: number | null = null;
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'function')
      idle = requestIdleCallback(() => fetchAhead(load), { timeout: 2_000 });
    else fetchAhead(load);
  }, afterMs);
  return () => {
    clearTimeout(timer);
    if (idle !== null) cancelIdleCallback(idle);
  };
}
