import type { LazyWorld } from './lazy-store.ts';

/** The browser's network and its scripts. */
export const browserWorld: LazyWorld = {
  online: () => navigator.onLine,
  onOnline(back) {
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  },
  giveUpStuck() {
    // A request that was under way when the network went may be answered by nothing, not even by a failure: whoever waits
    // for its script is told that it failed. For one that is here after all, nobody listens any more.
    for (const script of document.querySelectorAll<HTMLScriptElement>('script[src*="/_next/static/chunks/"]'))
      if (performance.getEntriesByName(script.src).length === 0) script.dispatchEvent(new Event('error'));
  },
};
