import os from 'node:os';
import { type Bench, quantile } from '../bench.ts';
import { chain, each, fan, wide } from './graphs.ts';
import { storeHistory } from './history.ts';
import { commitLimit } from './limit.ts';
import { latencies, type Measured, measure, undisturbed } from './measure.ts';
import { type BenchWorker, openRig, prepare, type Rig } from './rig.ts';

type Row = { workload: string; what: string; target: string; met: boolean; [figure: string]: unknown };

const connections = 20;
const historySteps = 1_000_000;
const readyLimitMs = 2_000;
const rssLimitMb = 200;
/** Two measurements of the same thing differ by about this on two cores that they share with Postgres. */
const noise = 0.1;

/** The engine's speed beside the raw limit of its Postgres, measured in the same run. See docs/scale.md for what the workloads are. */
export const engine: Bench = async (say) => {
  const rig = await openRig();
  try {
    const worker = await rig.worker();
    const limit = await limitOf(rig);
    say(`limit: ${Math.round(limit)} one-row commits/s over ${connections} connections`);
    const rows = await single(rig, { limit, say });
    rows.push(await memory(worker));
    await worker.stop();
    rows.splice(-1, 0, await several(rig, say));
    const machine = await machineOf(rig);
    const limitPerSec = Math.round(limit);
    const met = rows.every((row) => row.met);
    return { json: { limitPerSec, machine, workloads: rows }, text: textOf(limitPerSec, machine, rows), met };
  } finally {
    await rig.close();
  }
};

async function limitOf(rig: Rig): Promise<number> {
  const found: number[] = [];
  for (let n = 0; n < 9; n += 1) found.push(await commitLimit(rig.url, connections));
  return undisturbed(found);
}

type Told = { limit: number; say: (line: string) => void };

async function single(rig: Rig, { limit, say }: Told): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (row: Row): void => {
    rows.push(row);
    say(lineOf(row));
  };
  const ten = await prepare(rig, chain(10));
  const w1 = await measure(rig, { prepared: ten, runs: 300, rounds: 40, warmUp: 15 });
  add(rate('W1', '300 runs × chain of 10, all started at once', { measured: w1, limit, times: 1.5 }));
  const w2 = await measure(rig, { prepared: await prepare(rig, fan(50)), runs: 20, rounds: 9 });
  add(rate('W2', '20 runs of 1 → 50 parallel → 1', { measured: w2, limit, times: 1 }));
  const ms = await latencies(rig, await prepare(rig, chain(1)), 100);
  const [p50Ms, p95Ms] = [rounded(quantile(ms, 0.5)), rounded(quantile(ms, 0.95))];
  add({
    workload: 'W3',
    what: '100 sequential 1-node runs on an idle system, start → completed',
    p50Ms,
    p95Ms,
    target: 'p50 ≤ 8 ms, p95 ≤ 20 ms',
    met: p50Ms <= 8 && p95Ms <= 20,
  });
  add(await sizes(rig, w1));
  await storeHistory(rig, ten, historySteps);
  const w5 = await measure(rig, { prepared: ten, runs: 300, rounds: 40, warmUp: 15 });
  const slowdown = w1.perSec / w5.perSec;
  add({
    workload: 'W5',
    what: `W1 with ${historySteps.toLocaleString('en')} finished steps and their events stored`,
    ...figures(w5),
    timesSlowerThanW1: rounded(slowdown),
    target: 'within 1.15 × of W1',
    met: slowdown <= 1.15,
  });
  return rows;
}

/** W4: what a transition costs must not depend on the length of the run, the size of the map or of the graph. */
async function sizes(rig: Rig, w1: Measured): Promise<Row> {
  const cases: [name: string, measured: Measured][] = [
    ['chainOf1000', await measure(rig, { prepared: await prepare(rig, chain(1_000)), runs: 20, rounds: 3, warmUp: 1 })],
    [
      'mapOver1000',
      await measure(rig, { prepared: await prepare(rig, each(1_000, 50)), runs: 10, rounds: 3, warmUp: 1 }),
    ],
    ['graphOf5000', await measure(rig, { prepared: await prepare(rig, wide(5_000, 10)), runs: 300, rounds: 3 })],
  ];
  const worst = Math.max(...cases.map(([, { usPerTransition }]) => usPerTransition));
  return {
    workload: 'W4',
    what: 'chain of 1,000; map over 1,000 items; a graph of 5,000 nodes of which 10 run',
    usPerTransition: Object.fromEntries(cases.map(([name, found]) => [name, rounded(found.usPerTransition)])),
    w1UsPerTransition: rounded(w1.usPerTransition),
    worstTimesW1: rounded(worst / w1.usPerTransition),
    target: 'µs per transition within 1.5 × of W1',
    met: worst <= 1.5 * w1.usPerTransition,
  };
}

/** W6: more workers on the same cores are no slower, and lose and double nothing (`measure` checks that). */
async function several(rig: Rig, say: (line: string) => void): Promise<Row> {
  const prepared = await prepare(rig, chain(10));
  const workers: BenchWorker[] = [];
  const perSec: number[] = [];
  try {
    for (let count = 1; count <= 3; count += 1) {
      workers.push(await rig.worker());
      perSec.push((await measure(rig, { prepared, runs: 900, rounds: 20, warmUp: 5 })).perSec);
    }
  } finally {
    for (const worker of workers) await worker.stop();
  }
  const [one = 0, two = 0, three = 0] = perSec.map(Math.round);
  const row = {
    workload: 'W6',
    what: 'two and three workers, 900 runs × chain of 10',
    transitionsPerSec: { one, two, three },
    lostOrDoubled: 0,
    target: `no slower than one (within the ${noise * 100} % that measurements differ by); nothing lost or doubled`,
    met: Math.min(two, three) >= (1 - noise) * one,
  };
  say(lineOf(row));
  return row;
}

async function memory(worker: BenchWorker): Promise<Row> {
  const rssMb = Math.round((await worker.settledRssBytes()) / 1e6);
  return {
    workload: 'W7',
    what: 'worker: memory after W1–W5, start-up',
    rssMb,
    readyMs: Math.round(worker.readyMs),
    target: `RSS ≤ ${rssLimitMb} MB; ready ≤ ${readyLimitMs / 1_000} s`,
    met: rssMb <= rssLimitMb && worker.readyMs <= readyLimitMs,
  };
}

type Rate = { measured: Measured; limit: number; times: number };

function rate(workload: string, what: string, { measured, limit, times }: Rate): Row {
  return {
    workload,
    what,
    ...figures(measured),
    timesLimit: rounded(measured.perSec / limit),
    target: `transitions/s ≥ ${times} × the limit`,
    met: measured.perSec >= times * limit,
  };
}

const rounded = (value: number): number => Number(value.toFixed(2));

function figures({ perSec, usPerTransition, rounds, transitions }: Measured) {
  return {
    transitionsPerSec: Math.round(perSec),
    usPerTransition: rounded(usPerTransition),
    transitions,
    rounds,
  };
}

async function machineOf({ pool }: Rig) {
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  const cpus = os.cpus();
  return {
    cores: cpus.length,
    cpu: cpus[0]?.model ?? '',
    memoryGb: Math.round(os.totalmem() / 1e9),
    node: process.version,
    postgres: rows[0]?.server_version ?? '',
  };
}

function lineOf({ workload, what, target, met, rounds: _, ...rest }: Row): string {
  return `${met ? '✓' : '✗'} ${workload}  ${what}: ${JSON.stringify(rest)}; target ${target}`;
}

function textOf(limit: number, machine: object, rows: Row[]): string {
  return [`limit ${limit} commits/s on ${JSON.stringify(machine)}`, ...rows.map(lineOf)].join('\n');
}
