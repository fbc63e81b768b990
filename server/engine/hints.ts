import type { Pool } from 'pg';
import { hintEveryMs } from './timing.ts';

/** NOTIFY payloads end at 8,000 bytes. */
const idsPerNotice = 300;

export type Hints = { add: (runId: string) => void; close: () => Promise<void> };

/**
 * Tells the web processes that runs have new events: outside the transition, so that group commit is not lost, and
 * coalesced, so that a busy worker sends a few notices a second. A hint that is lost costs a second: they poll as well.
 */
export function createHints(pool: Pool, onError: (error: unknown) => void): Hints {
  const dirty = new Set<string>();
  let flushing: Promise<void> | null = null;

  const flush = async (): Promise<void> => {
    while (dirty.size > 0) {
      const ids = [...dirty];
      dirty.clear();
      for (let from = 0; from < ids.length; from += idsPerNotice) {
        const payload = JSON.stringify(ids.slice(from, from + idsPerNotice));
        await pool
          .query({ name: 'sg_hint', text: "select pg_notify('solograph_live', $1)", values: [payload] })
          .catch(onError);
      }
      await new Promise((resolve) => setTimeout(resolve, hintEveryMs));
    }
    flushing = null;
  };
  return {
    add(runId) {
      dirty.add(runId);
      flushing ??= flush();
    },
    async close() {
      await flushing;
    },
  };
}
