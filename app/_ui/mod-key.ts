'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** A key together with the command key, as this machine writes it: `⌘K` on Apple's, `Ctrl K` elsewhere. */
export function useModKey(key: string): string {
  const apple = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
  return apple ? `⌘${key}` : `Ctrl ${key}`;
}
