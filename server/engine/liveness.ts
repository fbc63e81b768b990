import os from 'node:os';
import pg from 'pg';
import { createGroup, type Group } from './group.ts';
import { retried } from './retried.ts';
import { leaseMs, workerLockClass } from './timing.ts';

export type Registration = { workerId: string; lock: pg.Client };

/**
 * Enters this process as a worker and takes the session lock that says it is alive: the lock is free the moment the
 * process or its connection is gone. `onLost` is called once when that connection ends: from then on others may take
 * this worker's steps, so the process must end.
 */
export async function register(
  connectionString: string,
  facts: { version: string; concurrency: number },
  onLost: (reason: string) => void,
): Promise<Registration> {
  const lock = new pg.Client({ connectionString, application_name: 'solograph worker lock', keepAlive: true });
  await lock.connect();
  const { rows } = await lock.query<{ id: string }>(
    // One statement: nobody sees the worker before it holds its lock.
    `with entered as (insert into worker (host, pid, version, concurrency) values ($1, $2, $3, $4) returning id)
     select id::text, pg_advisory_lock($5, id::int) from entered`,
    [os.hostname(), process.pid, facts.version, facts.concurrency, workerLockClass],
  );
  const workerId = rows[0]?.id;
  if (!workerId) throw new Error('The worker could not be entered in the database.');
  let told = false;
  const lost = (reason: string): void => {
    if (!told) onLost(reason);
    told = true;
  };
  lock.on('error', (error) => lost(error.message));
  lock.on('end', () => lost('the connection that holds the lock ended'));
  return { workerId, lock };
}

/** One look for dead workers: takes back what they were running. Answers the runs that go on. */
export async function recover(pool: pg.Pool): Promise<string[]> {
  const { rows: dead } = await pool.query<{ id: string }>('select id::text from sg_dead_workers($1, $2) id', [
    workerLockClass,
    leaseMs,
  ]);
  const runs: string[] = [];
  for (const { id } of dead) {
    const { rows } = await pool.query<{ runs: string[] | null }>('select sg_recover_worker($1)::text[] as runs', [id]);
    runs.push(...(rows[0]?.runs ?? []));
  }
  // Their calls are not under way any more.
  if (dead.length > 0) await pool.query('select sg_sweep_places()');
  return runs;
}

/**
 * Hands back steps that are leased to this worker although it does not execute them: what remains of a commit whose
 * answer was lost on the way. `suspects` are those of the look before: only a step seen twice is handed back.
 */
export async function returnUnserved(
  pool: pg.Pool,
  workerId: string,
  serving: ReadonlySet<string>,
  suspects: ReadonlySet<string>,
): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `select s.id::text from live_run l join run r on r.id = l.run_id join step s on s.run_id = r.id
      where r.active > 0 and s.status = 'running' and s.lease = $1`,
    [workerId],
  );
  const unserved = rows.map(({ id }) => id).filter((id) => !serving.has(id));
  const again = unserved.filter((id) => suspects.has(id));
  if (again.length > 0) await takeBack(pool, workerId, again);
  return new Set(unserved.filter((id) => !suspects.has(id)));
}

/** Leaves in good order: what is still leased goes back at once. */
export async function leave(pool: pg.Pool, registration: Registration): Promise<void> {
  const { workerId, lock } = registration;
  const none = new Set<string>();
  await returnUnserved(pool, workerId, none, await returnUnserved(pool, workerId, none, none));
  await pool.query('update worker set stopped_at = now() where id = $1', [workerId]);
  lock.removeAllListeners('end');
  await lock.end();
}

/** Hands steps over: they are ready again, with jobs. Of those that this worker does not hold any more, others take care. */
export async function takeBack(pool: pg.Pool, workerId: string, stepIds: readonly string[]): Promise<void> {
  await pool.query('select sg_take_back_all($1, $2)', [workerId, stepIds]);
}

/** Hands over steps one by one; those that stop together go together. */
export function createHandOver(pool: pg.Pool, workerId: string): Group<string, void> {
  return createGroup({
    flush: async (stepIds: string[]) => {
      await retried(() => takeBack(pool, workerId, stepIds));
      return stepIds.map(() => undefined);
    },
    most: 256,
    lanes: 1,
  });
}

/**
 * One look for what nothing leads to any more: gives it what moves it. Answers the runs that go on. `all` looks among all
 * runs that have not ended, and for rarer kinds too; else among those that have stood still for a moment.
 */
export async function adoptOrphans(pool: pg.Pool, all = true): Promise<string[]> {
  const { rows } = await pool.query<{ runs: string[] | null }>('select sg_adopt_orphans($1)::text[] as runs', [all]);
  return rows[0]?.runs ?? [];
}

/** One look for waiting steps whose event came at the very moment they began to wait. Answers their runs. */
export async function deliverEvents(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ runs: string[] | null }>('select sg_deliver_events()::text[] as runs');
  return rows[0]?.runs ?? [];
}

/** One look for undos that no job leads to any more: gives each a job. Answers their runs. */
export async function adoptUndos(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ runs: string[] | null }>('select sg_adopt_undos()::text[] as runs');
  return rows[0]?.runs ?? [];
}
