import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '#nodes/core/testing/random-graph.ts';
import { openScratch, type Scratch } from '#server/boot/scratch.ts';
import { pool } from '#server/db/pool.ts';
import { startRun } from '#server/runs/start-run.ts';
import { between, type Chaos, type Fault, pick } from './chaos.ts';
import { type Violation, violations } from './invariants/check.ts';
import { recoveries } from './invariants/recovery.ts';
import { openOperator } from './operator.ts';
import { usual } from './pipelines/all.ts';
import { openFleet } from './rig/fleet.ts';
import { openProxy } from './rig/proxy.ts';
import type { Rig } from './rig/rig.ts';

export type Outcome = {
  fault: string;
  runs: number;
  violations: Violation[];
  /** How often harm was done. */
  hits: number;
  /** Workers that ended without being stopped. */
  deaths: number;
  /** How long the steps of dead workers stood still, in milliseconds. */
  recoveries: number[];
  /** How often the operator was asked whether something had happened. */
  asked: number;
  ms: number;
};

const endMs = 25_000;
const quietMs = 10_000;
const workers = 3;

/** Starts runs, does one kind of harm to them until they have ended, and checks what must hold then. */
export async function runScenario(
  rig: Rig,
  fault: Fault,
  { seed, runs }: { seed: number; runs: number },
): Promise<Outcome> {
  const begun = performance.now();
  const random = seeded(seed);
  const over = new AbortController();
  const runIds: string[] = [];
  const proxy = await openProxy(rig.cluster.port);
  const scratch = fault.chroma ? openScratch() : null;
  const fleet = openFleet({
    databaseUrl: rig.cluster.url.replace(`:${rig.cluster.port}/`, `:${proxy.port}/`),
    size: fault.workers ?? workers,
    env: (born) => ({ OPENAI_BASE_URL: rig.model.url, OPENAI_API_KEY: 'for-chaos', ...fault.env?.(born) }),
    chromaUrl: await scratch?.chroma(),
  });
  const operator = openOperator(rig);
  const pause = (ms: number): Promise<boolean> =>
    sleep(ms, undefined, { signal: over.signal }).then(
      () => true,
      () => false,
    );
  let hits = 0;
  const hit = (times = 1): void => {
    hits += times;
  };
  const chaos: Chaos = { rig, fleet, proxy, random, runIds, signal: over.signal, pause, hit, outages: [] };
  const problems: Violation[] = [];
  try {
    const harm = Promise.all([fault.harm?.(chaos), scratch ? away(scratch, chaos) : null]);
    await startRuns(chaos, fault, runs);
    await untilEnded(runIds);
    over.abort();
    await harm;
    rig.ledger.behave(null);
    proxy.weather({});
    await untilQuiet();
    const told = [...operator.problems, ...((await fault.verify?.(chaos)) ?? [])];
    problems.push(...told.map((what) => ({ invariant: 'operator', what })));
    problems.push(...(await violations({ runIds, ledger: rig.ledger, mayBeCancelled: fault.cancels === true })));
    return {
      fault: fault.name,
      runs,
      violations: problems,
      hits: hits > 0 || fault.harm ? hits : fault.env ? fleet.deaths.length : runs,
      deaths: fleet.deaths.length,
      recoveries: fault.slowRecovery ? [] : await recoveries(runIds, fleet.deaths, chaos.outages),
      asked: operator.asked(),
      ms: performance.now() - begun,
    };
  } finally {
    over.abort();
    rig.ledger.behave(null);
    await operator.stop();
    await fleet.stop();
    await proxy.close();
    await scratch?.close();
  }
}

async function away(scratch: Scratch, { pause, random, hit }: Chaos): Promise<void> {
  await pause(between(random, 800, 1_800));
  await scratch.close();
  hit();
}

/** The same request again starts nothing more, so it is made until it is answered. */
async function startRuns(chaos: Chaos, fault: Fault, runs: number): Promise<void> {
  const { rig, random, runIds } = chaos;
  const everyMs = (fault.spreadMs ?? 2_000) / runs;
  for (let n = 0; n < runs; n += 1) {
    const name = pick(random, fault.pipelines ?? usual) ?? '';
    const start = {
      pipelineId: rig.pipelines.get(name) ?? '',
      source: 'published' as const,
      trigger: 'start',
      input: {},
    };
    const requestKey = `chaos:${performance.timeOrigin}:${performance.now()}`;
    runIds.push(await persist(async () => (await startRun(rig.scope, { ...start, requestKey })).runId));
    await sleep(between(random, 0, 2 * everyMs));
  }
}

async function untilEnded(runIds: string[]): Promise<void> {
  await until(endMs, async () => {
    const { rowCount } = await pool().query(
      'select from run where id = any($1::bigint[]) and not sg_terminal(status) limit 1',
      [runIds],
    );
    return rowCount === 0;
  });
}

/** Until the workers have taken up all jobs there are, and ended what they began. */
async function untilQuiet(): Promise<void> {
  await until(quietMs, async () => {
    const { rowCount } = await pool().query(
      `select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier in ('advance', 'call', 'child-ended', 'cancel-children') and j.attempts < j.max_attempts limit 1`,
    );
    return rowCount === 0;
  });
}

/** Waits for a condition; goes on without it when the time is up, so that the check can say what is wrong. */
async function until(ms: number, there: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + ms; performance.now() < deadline; await sleep(60))
    if (await there().catch(() => false)) return;
}

const persistMs = 30_000;

async function persist<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = performance.now() + persistMs; ; await sleep(50)) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
