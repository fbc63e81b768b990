import pg from 'pg';
import { databaseUrl } from './pool.ts';

export type Listener = { close: () => Promise<void> };
type Handlers = { onNotice: (payload: string, channel: string) => void; onError: (error: Error) => void };

const shortestWaitMs = 100;
const longestWaitMs = 5_000;

/**
 * Listens on channels over a connection of its own, and connects again whenever that is lost. Notices that were sent
 * meanwhile are lost: whoever listens looks for itself now and then.
 */
export async function listen(channels: readonly string[], handlers: Handlers): Promise<Listener> {
  let closed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = shortestWaitMs;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: databaseUrl(),
      application_name: `solograph listens on ${channels[0]}`,
      keepAlive: true,
    });
    next.on('error', lost);
    next.on('end', () => lost(new Error('The listening connection ended.')));
    next.on('notification', ({ payload, channel }) => handlers.onNotice(payload ?? '', channel));
    client = next;
    try {
      await next.connect();
      await next.query(channels.map((channel) => `listen ${pg.escapeIdentifier(channel)}`).join('; '));
    } catch (error) {
      if (client === next) client = null;
      throw error;
    }
    if (closed) return await next.end();
    waitMs = shortestWaitMs;

    function lost(error: Error): void {
      if (client !== next) return;
      client = null;
      if (closed) return;
      handlers.onError(error);
      next.end().catch(handlers.onError);
      again();
    }
  }

  function again(): void {
    timer = setTimeout(() => {
      connect().catch((error: Error) => {
        handlers.onError(error);
        if (!closed) again();
      });
    }, waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      const open = client;
      client = null;
      await open?.end();
    },
  };
}
