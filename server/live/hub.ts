import { type Listener, listen } from '#server/db/listen.ts';
import { processWide } from '#server/db/process-wide.ts';
import { log } from '#server/log.ts';
import { readSaid, type Said, saidChannel } from './said.ts';

/** Runs that have new events, or what steps say while they run. */
export type News = { kind: 'runs'; runIds: string[] } | { kind: 'said'; said: Said[] };
export type Watcher = (news: News) => void;

/** Fans hints of the database out to who watches, over one connection per process. */
export type Hub = {
  /** Attaches a watcher; it is told of everything that is hinted from when the promise resolves. */
  attach: (watcher: Watcher) => Promise<{ detach: () => void }>;
  /** Lets go of the connection; for the end of the process and of tests. */
  close: () => Promise<void>;
};

const hintChannel = 'solograph_live';
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

  const onNotice = (payload: string, channel: string): void => {
    const news = channel === saidChannel ? readSaidNews(payload) : readHintNews(payload);
    if (news) for (const watcher of watchers) watcher(news);
    else log().warn({ channel, payload: payload.slice(0, 200) }, 'not a live notice');
  };
  const onError = (error: Error): void => log().warn({ err: error }, 'the live connection was lost');

  const open = (): Promise<Listener | null> =>
    listen([hintChannel, saidChannel], { onNotice, onError }).catch((error: Error) => {
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

function readHintNews(payload: string): News | null {
  const runIds = readHint(payload);
  return runIds && { kind: 'runs', runIds };
}

function readSaidNews(payload: string): News | null {
  const said = readSaid(payload);
  return said && { kind: 'said', said };
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
