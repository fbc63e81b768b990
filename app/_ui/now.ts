'use client';
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The time, in steps of `everyMs`: a component renders again only when the step changes. One timer for the page. */
export function useNow(everyMs: number): number {
  const step = () => Math.floor(Date.now() / everyMs) * everyMs;
  return useSyncExternalStore(subscribe, step, () => 0);
}
