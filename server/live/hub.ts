import { type Listener, listen } from '#server/db/listen.ts';
import { processWide } from '#server/db/process-wide.ts';
import { log } from '#server/log.ts';

/** Told of runs that have new events. */
export type Watcher = (runIds: string[]) => void;

/** Fans hints of the database out to who watches, over one connection per process. */
export type Hub = {
  /** Attaches a watcher; it is told of everything that is hinted from when the promise resolves. */
  attach: (watcher: Watcher) => Promise<{ detach: () => void }>;
  /** Lets go of the connection; for the end of the process and of tests. */
  close: () => Promise<void>;
};

const channel = 'solograph_live';
/** The connection outlives the last watcher this long, because pages come and go. */
const idleMs = 5_000;

/** The hub of this process. */
export function liveHub(): Hub {
  return processWide('live-hub', createHub);
}

/** Makes a hub. Without its connection the watchers still see everything, by their own poll. */
export function createHub(): Hub {
  const watchers = new Set<Watcher>();
  let listening: Promise<Listener | null> | null = null;
  let idle: NodeJS.Timeout | undefined;

  const onNotice = (payload: string): void => {
    const runIds = readHint(payload);
    if (runIds) for (const watcher of watchers) watcher(runIds);
    else log().warn({ payload: payload.slice(0, 200) }, 'not a live hint');
  };
  const onError = (error: Error): void => log().warn({ err: error }, 'the live connection was lost');

  const open = (): Promise<Listener | null> =>
    listen(channel, { onNotice, onError }).catch((error: Error) => {
      onError(error);
      listening = null;
      return null;
    });
  const close = async (): Promise<void> => {
    clearTimeout(idle);
    const open = listening;
    listening = null;
    await (await open)?.close();
  };

  return {
    async attach(watcher) {
      clearTimeout(idle);
      watchers.add(watcher);
      listening ??= open();
      await listening;
      return {
        detach() {
          watchers.delete(watcher);
          if (watchers.size > 0) return;
          clearTimeout(idle);
          idle = setTimeout(() => void close().catch(onError), idleMs);
          idle.unref();
        },
      };
    },
    close,
  };
}

/** Reads a hint: a JSON array of run ids, written as text or as numbers. Null: it is none. */
export function readHint(payload: string): string[] | null {
  try {
    const ids: unknown = JSON.parse(payload);
    if (!Array.isArray(ids)) return null;
    return ids.every((id) => typeof id === 'string' || typeof id === 'number') ? ids.map(String) : null;
  } catch {
    return null; // another program may notify on our channel whatever it likes
  }
}
