import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#server/api/context.ts';
import { handWorker } from '#server/api/testing/drive.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { greet } from '#server/api/testing/replies.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { hintRuns } from './hint-runs.ts';
import { createHub, type Hub, liveHub } from './hub.ts';
import type { Told } from './stream.ts';
import { watchRuns } from './watch-runs.ts';

let world: World;
let operator: Operator;
let scope: Scope;
let worker: Awaited<ReturnType<typeof handWorker>>;
let pipelineId: string;
const open: AbortController[] = [];

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
  worker = await handWorker();
});
beforeEach(async () => {
  scope = await world.project(operator);
  pipelineId = (await world.as(operator).pipelines.create({ ...ids(), name: 'Greeting', graph: greeting() })).id;
});
afterEach(() => {
  for (const abort of open.splice(0)) abort.abort();
});
afterAll(async () => await world.close());

const ids = () => ({ projectId: scope.projectId });

async function start(): Promise<string> {
  const asked = { ...ids(), pipelineId, source: 'draft', trigger: 'start', requestKey: null } as const;
  return (await world.as(operator).runs.start({ ...asked, input: { person: 'Ann' } })).runId;
}

/** A tab that watches: takes messages until what it waits for has come. */
function tab(what: { pipelineId?: string; runId?: string }, lastEventId: string | null = null, hub: Hub = liveHub()) {
  const abort = new AbortController();
  open.push(abort);
  const stream = watchRuns(scope, { ...what, lastEventId, signal: abort.signal }, hub);
  const told: Told[] = [];
  return {
    told,
    async until(enough: (told: Told[]) => boolean): Promise<void> {
      while (!enough(told)) {
        const next = await stream.next();
        if (next.done) throw new Error('The stream ended.');
        told.push(next.value);
      }
    },
    async close(): Promise<void> {
      abort.abort();
      await stream.next();
    },
  };
}
const eventsOf = (told: Told[], runId: string) =>
  told.flatMap(({ message }) => (message.kind === 'events' && message.runId === runId ? message.events : []));
const waits = (runId: string) => (told: Told[]) => eventsOf(told, runId).some(({ kind }) => kind === 'run.waiting');
const begun = (told: Told[]) => told.length > 0;

describe('a tab', () => {
  test('is told where a run stands, then everything that happens, without a gap', async () => {
    const runId = await start();
    const watching = tab({ runId });
    await watching.until(begun);
    const [first] = watching.told;
    expect(first?.message).toMatchObject({ kind: 'snapshot', runs: [{ id: runId, status: 'queued', seq: 1 }] });
    await worker.work(runId, greet);
    await hintRuns([runId]);
    await watching.until(waits(runId));
    const events = eventsOf(watching.told, runId);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 2));
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['run.started', 'step.started', 'step.done', 'step.waiting', 'run.waiting']),
    );
  });

  test('on a pipeline sees runs that begin later', async () => {
    const watching = tab({ pipelineId });
    await watching.until(begun);
    expect(watching.told[0]?.message).toEqual({ kind: 'snapshot', runs: [] });
    const runId = await start();
    await worker.work(runId, greet);
    await watching.until(
      (told) =>
        waits(runId)(told) ||
        told.some(({ message }) => message.kind === 'snapshot' && message.runs[0]?.status === 'waiting'),
    );
  });

  test('sees a run that began and ended between two looks', async () => {
    const watching = tab({ pipelineId });
    await watching.until(begun);
    const runId = await start();
    await world.as(operator).runs.cancel({ ...ids(), runId });
    await watching.until(
      (told) =>
        eventsOf(told, runId).some(({ kind }) => kind === 'run.cancelled') ||
        told.some(({ message }) => message.kind === 'snapshot' && message.runs[0]?.status === 'cancelled'),
    );
  });

  test('on a pipeline is told when a run that had ended is undone', async () => {
    const watching = tab({ pipelineId });
    await watching.until(begun);
    const runId = await start();
    await world.as(operator).runs.cancel({ ...ids(), runId });
    const stands = (status: (run: { status: string; undo: string | null }) => boolean) => (told: Told[]) =>
      told.some(
        ({ message }) => message.kind === 'snapshot' && message.runs.some((run) => run.id === runId && status(run)),
      );
    await watching.until(
      (told) =>
        eventsOf(told, runId).some(({ kind }) => kind === 'run.cancelled') ||
        stands(({ status }) => status === 'cancelled')(told),
    );
    await query(`update run set undo = 'undone' where id = $1`, [runId]);
    await hintRuns([runId]);
    await watching.until(stands(({ undo }) => undo === 'undone'));
  });

  test('is not told of runs that had ended before it looked', async () => {
    const runId = await start();
    await world.as(operator).runs.cancel({ ...ids(), runId });
    const watching = tab({ pipelineId });
    await watching.until(begun);
    expect(watching.told[0]?.message).toEqual({ kind: 'snapshot', runs: [] });
  });

  test('whose connection dropped goes on where it was, without a gap and without a repetition', async () => {
    const runId = await start();
    const before = tab({ pipelineId });
    await before.until(begun);
    await before.close();
    await worker.work(runId, greet);
    const after = tab({ pipelineId }, before.told.at(-1)?.id ?? null);
    await after.until(waits(runId));
    expect(after.told.every(({ message }) => message.kind === 'events')).toBe(true);
    const seqs = eventsOf(after.told, runId).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 2));
  });

  test('whose connection dropped learns of runs that came and went meanwhile', async () => {
    const before = tab({ pipelineId });
    await before.until(begun);
    const [{ id } = { id: '' }] = before.told;
    const runId = await start();
    await world.as(operator).runs.cancel({ ...ids(), runId });
    const after = tab({ pipelineId }, id);
    await after.until(begun);
    expect(after.told[0]?.message).toMatchObject({ kind: 'snapshot', runs: [{ id: runId, status: 'cancelled' }] });
  });

  test('still sees everything when hints are lost', async () => {
    const deaf: Hub = { attach: async () => ({ detach: () => {} }), close: async () => {} };
    const runId = await start();
    const watching = tab({ runId }, null, deaf);
    await watching.until(begun);
    await worker.work(runId, greet);
    await watching.until(waits(runId));
  });

  test('follows the newest 20 runs of a pipeline at most', async () => {
    for (let n = 0; n < 22; n += 1) await start();
    const watching = tab({ pipelineId });
    await watching.until(begun);
    const message = watching.told[0]?.message;
    expect(message?.kind === 'snapshot' && message.runs.map(({ ref }) => ref)).toEqual(
      Array.from({ length: 20 }, (_, index) => 22 - index),
    );
  });
});

describe('the hub', () => {
  const listeners = async () =>
    (
      await query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name like 'solograph listens%'`,
      )
    ).map(({ pid }) => pid);

  test('listens over one connection for all tabs, and lets go of it', async () => {
    const hub = createHub();
    const before = (await listeners()).length;
    const tabs = await Promise.all([hub.attach(() => {}), hub.attach(() => {}), hub.attach(() => {})]);
    expect((await listeners()).length).toBe(before + 1);
    for (const { detach } of tabs) detach();
    await hub.close();
  });

  test('connects again when the connection is lost', async () => {
    const hub = createHub();
    const heard: string[][] = [];
    const known = await listeners();
    await hub.attach((news) => news.kind === 'runs' && heard.push(news.runIds));
    const [own] = (await listeners()).filter((pid) => !known.includes(pid));
    await query('select pg_terminate_backend($1)', [own]);
    const deadline = Date.now() + 10_000;
    while (heard.length === 0 && Date.now() < deadline) {
      await hintRuns(['7']);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(heard[0]).toEqual(['7']);
    await hub.close();
  });
});
