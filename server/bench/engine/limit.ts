import pg from 'pg';

const rowsPerConnection = 600;

/**
 * The raw limit beside which the engine is measured, on the same Postgres in the same run: how many one-row
 * transitions a second are committed one by one over so many connections.
 */
export async function commitLimit(url: string, connections: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  try {
    await clients[0]?.query(
      'create table if not exists bench_limit (id bigint generated always as identity primary key, run bigint not null, state text not null)',
    );
    const write = (client: pg.Client, n: number) =>
      client.query({
        name: 'limit',
        text: 'insert into bench_limit (run, state) values ($1, $2)',
        values: [n, 'state'],
      });
    await Promise.all(clients.map((client) => write(client, 0)));
    const begun = performance.now();
    await Promise.all(
      clients.map(async (client) => {
        for (let n = 0; n < rowsPerConnection; n += 1) await write(client, n);
      }),
    );
    return (connections * rowsPerConnection * 1_000) / (performance.now() - begun);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
