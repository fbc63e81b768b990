import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the wire does to what travels over it. */
export type Weather = {
  /** Delay of each piece, either way. */
  latencyMs?: () => number;
  /** Asked for each message to the server: whether its answer is lost and the connection cut after the server has worked. */
  cutsAnswer?: (message: Buffer) => boolean;
};

/** A TCP proxy in front of Postgres. */
export type TcpProxy = {
  port: number;
  weather: (next: Weather) => void;
  /** From now on nothing goes over some of the connections, which stay open. Answers how many they are. */
  freeze: (choose: () => boolean) => number;
  close: () => Promise<void>;
};

type Pair = { client: Socket; server: Socket; frozen: boolean; cut: boolean };

export async function openProxy(toPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let weather: Weather = {};

  const proxy = createServer((client) => {
    const pair: Pair = { client, server: connect(toPort, '127.0.0.1'), frozen: false, cut: false };
    pairs.add(pair);
    const { server } = pair;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // Broken connections are what this is for; both halves go together.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        if (pair.frozen) return;
        client.destroy();
        server.destroy();
      });
    }
    carry(client, server, pair, (piece) => {
      if (weather.cutsAnswer?.(piece)) pair.cut = true;
    });
    carry(server, client, pair, () => {
      if (pair.cut) client.destroy();
    });
  });

  function carry(from: Socket, to: Socket, pair: Pair, look: (piece: Buffer) => void): void {
    let last = 0;
    from.on('data', (piece: Buffer) => {
      if (pair.frozen) return;
      look(piece);
      const delayMs = weather.latencyMs?.() ?? 0;
      // In order, however different the delays are.
      last = Math.max(last, performance.now() + delayMs);
      if (delayMs === 0 && last <= performance.now()) to.write(piece);
      else setTimeout(() => pair.frozen || to.write(piece), last - performance.now());
    });
    from.on('end', () => to.end());
  }

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    weather(next) {
      weather = next;
    },
    freeze(choose) {
      const chosen = [...pairs].filter((pair) => !pair.frozen && choose());
      for (const pair of chosen) pair.frozen = true;
      return chosen.length;
    },
    async close() {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
