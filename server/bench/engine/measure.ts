import { quantile } from '../bench.ts';
import { type Prepared, type Rig, startAll, untilEnded } from './rig.ts';

/** How a workload went: transitions are steps that were stored as done. */
export type Measured = { perSec: number; usPerTransition: number; rounds: number[]; transitions: number };

type Load = { prepared: Prepared; runs: number; rounds: number; warmUp?: number };

/**
 * Starts so many runs at once and waits until all have completed, several times after a warm-up (compilers and plans need
 * some rounds). Each round checks that every step of every run is stored as done, once.
 */
export async function measure(rig: Rig, { prepared, runs, rounds, warmUp = 3 }: Load): Promise<Measured> {
  const inputs = Array.from({ length: runs }, () => ({}));
  // What autovacuum does every minute; a bench starts more runs in that time than a company does.
  await rig.pool.query('vacuum live_run, graphile_worker._private_jobs');
  const perSec: number[] = [];
  let transitions = 0;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const begun = performance.now();
    const runIds = await startAll(rig, prepared, inputs);
    await untilEnded(rig, 2);
    const seconds = (performance.now() - begun) / 1_000;
    transitions = await countDone(rig, runIds);
    if (round >= warmUp) perSec.push(transitions / seconds);
  }
  const figure = undisturbed(perSec);
  return { perSec: figure, usPerTransition: 1e6 / figure, rounds: perSec.map(Math.round), transitions };
}

/**
 * The figure that stands for several rounds of a rate: their 80th percentile. What else a shared machine does only ever
 * slows a round down, so the median would measure the neighbours too, and the best round alone would be luck.
 */
export function undisturbed(perSec: readonly number[]): number {
  return quantile(perSec, 0.8);
}

/** Latency of single runs on an idle system, from asking for the start until the run is seen to have ended, in milliseconds. */
export async function latencies(rig: Rig, prepared: Prepared, runs: number): Promise<number[]> {
  const ms: number[] = [];
  for (let n = 0; n < runs + 10; n += 1) {
    const begun = performance.now();
    const runIds = await startAll(rig, prepared, [{}]);
    await untilEnded(rig, 0);
    if (n >= 10) ms.push(performance.now() - begun);
    await countDone(rig, runIds);
  }
  return ms;
}

async function countDone({ pool }: Rig, runIds: string[]): Promise<number> {
  const { rows } = await pool.query<{ done: number; other: number; events: number; seq: number }>(
    `select count(*) filter (where status = 'done')::int as done, count(*) filter (where status <> 'done' or attempt > 1)::int as other,
            (select sum(jsonb_array_length(events))::int from run_event where run_id = any($1::bigint[])) as events,
            (select sum(seq)::int from run where id = any($1::bigint[]) and status = 'completed') as seq
       from step where run_id = any($1::bigint[])`,
    [runIds],
  );
  const [found] = rows;
  if (!found || found.other > 0)
    throw new Error(`${found?.other} steps of the bench are not done, or were done twice.`);
  if (found.events !== found.seq) throw new Error('Runs of the bench did not complete, or their events have gaps.');
  return found.done;
}
