'use client';
import dynamic from 'next/dynamic';
import type { ComponentType, ReactNode } from 'react';
import { Unloaded } from './unloaded.tsx';

const parts: (() => Promise<unknown>)[] = [];

/**
 * A part of the page that is no part of its first load: it is fetched when it is first shown, or before that, by
 * `fetchPartsWhenIdle`. Until it is there, nothing is; where it cannot be fetched, that is said (by `Otherwise`) and the
 * page goes on.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Otherwise: () => ReactNode = Unloaded,
): ComponentType<Props> {
  parts.push(load);
  return dynamic<Props>(() => load().catch(() => Otherwise), { ssr: false });
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
  const waiting = [...parts];
  let ended = false;
  const next = async () => {
    const load = waiting.shift();
    if (!load || ended) return;
    // One that cannot be fetched now is fetched when it is shown.
    await load().catch(() => undefined);
    soon();
  };
  const soon = () => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void next());
    else setTimeout(() => void next(), 100);
  };
  const timer = setTimeout(soon, 4_000);
  return () => {
    ended = true;
    clearTimeout(timer);
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
