import pg from 'pg';
import { pool } from '#server/db/pool.ts';
import { between, type Chaos, type Fault } from '../chaos.ts';

const sgCommit = Buffer.from('sg_commit');
/** Latest such cut before the wire is left alone, so that a scenario ends. */
const mostCuts = 25;

async function terminateSome({ random, pause, hit }: Chaos): Promise<void> {
  for (let n = 0; n < 40 && (await pause(between(random, 100, 400))); n += 1) {
    const { rowCount } = await pool().query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'solograph worker%' and pid <> pg_backend_pid()
          and case when application_name = 'solograph worker' then random() < 0.15 else random() < 0.02 end`,
    );
    hit(rowCount ?? 0);
  }
}

async function crashAndStart({ rig, random, pause, outages, hit }: Chaos): Promise<void> {
  for (
    let n = 0;
    n < 3 && (await pause(n === 0 ? between(random, 1_500, 3_000) : between(random, 5_000, 10_000)));
    n += 1
  ) {
    const from = Date.now();
    await rig.cluster.crash(between(random, 0, 800));
    outages.push({ from, to: Date.now() });
    hit();
  }
}

async function takeAllConnections({ rig, random, pause, hit }: Chaos): Promise<void> {
  for (let n = 0; n < 4 && (await pause(between(random, 300, 900))); n += 1) {
    const taken: pg.Client[] = [];
    const full = async (): Promise<boolean> => {
      const client = new pg.Client({ connectionString: rig.cluster.url });
      client.on('error', () => undefined);
      const refused = await client.connect().then(
        () => false,
        () => true,
      );
      if (!refused) taken.push(client);
      return refused;
    };
    while (taken.length < 220 && !(await full()));
    hit();
    await pause(between(random, 800, 2_000));
    await Promise.all(taken.map((client) => client.end()));
  }
}

async function repeatJobs({ random, pause, runIds, hit }: Chaos): Promise<void> {
  for (let n = 0; n < 100 && (await pause(between(random, 20, 80))); n += 1) {
    await pool().query(
      `select graphile_worker.add_jobs(array(
         select ('advance', json_build_object('stepIds', json_build_array(id::text)), null, now() + random() * interval '200 ms', 25, null, (random() * 5)::int, null)::graphile_worker.job_spec
           from step where run_id = any($1::bigint[]) order by random() limit 8))`,
      [runIds],
    );
    await pool().query(
      `update graphile_worker._private_jobs set priority = (random() * 10)::int, run_at = run_at + random() * interval '100 ms'
        where locked_at is null and id in (select id from graphile_worker._private_jobs where run_at <= now() order by random() limit 5 for update skip locked)`,
    );
    hit();
  }
}

/** Faults of Postgres and of the way to it. */
export const databaseFaults: Fault[] = [
  { name: 'terminate-backends', title: 'pg_terminate_backend of the connections of workers', harm: terminateSome },
  {
    name: 'postgres-crash',
    title: 'Immediate stop and restart of Postgres every 5 to 10 s',
    spreadMs: 11_000,
    harm: crashAndStart,
  },
  {
    name: 'cut-after-commit',
    title: 'The connection is cut after the server has committed, before it answers',
    async harm({ proxy, random, hit }) {
      let cuts = 0;
      proxy.weather({
        cutsAnswer: (message) => {
          const cut = cuts < mostCuts && message.includes(sgCommit) && random() < 0.15;
          cuts += Number(cut);
          if (cut) hit();
          return cut;
        },
      });
    },
  },
  {
    name: 'latency',
    title: '50 to 500 ms on the way from Postgres',
    mostRuns: 24,
    async harm({ proxy, random, hit }) {
      proxy.weather({ latencyMs: () => between(random, 50, 500) });
      hit();
    },
  },
  {
    name: 'half-open',
    title: 'Connections that stay open although nothing goes over them any more',
    spreadMs: 5_000,
    slowRecovery: true,
    env: () => ({ SOLOGRAPH_TIMING_SCALE: '0.2' }),
    async harm({ proxy, random, pause, hit }) {
      for (let n = 0; n < 3 && (await pause(between(random, 1_000, 2_000))); n += 1)
        hit(proxy.freeze(() => random() < 0.3));
    },
  },
  {
    name: 'pool-exhaustion',
    title: 'All connections that Postgres allows are taken by others',
    slowRecovery: true,
    harm: takeAllConnections,
  },
  { name: 'repeated-jobs', title: 'Jobs twice, late, and out of order', harm: repeatJobs },
];
