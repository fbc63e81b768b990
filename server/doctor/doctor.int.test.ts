import os from 'node:os';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { workerLockClass } from '#server/engine/timing.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type StoredWorld, storedWorld } from '#server/testing/stored-world.ts';
import { version } from '#server/version.ts';
import { examine } from './examine.ts';
import { type Finding, lineOf } from './finding.ts';

let database: TestDatabase;
let world: StoredWorld;
/** The session that holds the worker's lock, as its process does. */
let session: pg.Client;
/** A worker that is alive: it writes heartbeats and holds its lock. */
let worker: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await storedWorld(database.pool);
  session = new pg.Client({ connectionString: database.url });
  await session.connect();
});
afterAll(async () => {
  await session.end();
  await database.close();
});

const sql = (text: string, values: unknown[] = []) => database.pool.query(text, values);
const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);
const old = { created_at: ago(60), attempt_at: ago(60) };
/** What is wrong. The server of the tests does without fsync, which is told of it and is not what these tests break. */
const wrong = async (): Promise<Finding[]> => {
  const { findings } = await examine({ home: os.tmpdir(), chromaUrl: testChromaUrl() });
  return findings.filter(({ level, section }) => level === 'wrong' && section !== 'database');
};

beforeEach(async () => {
  await sql('delete from run');
  await sql('delete from worker');
  await sql('delete from spend');
  await sql('delete from graphile_worker._private_jobs');
  worker = await world.worker({ version });
  await session.query('select pg_advisory_unlock_all()');
  await session.query('select pg_advisory_lock($1, $2)', [workerLockClass, Number(worker)]);
});

type Case = {
  name: string;
  break: () => Promise<string>;
  section: Finding['section'];
  /** What the line says. */
  says: RegExp;
  mend: (id: string) => Promise<unknown>;
};

/** A call that cost nothing. */
const call = {
  get project_id() {
    return world.projectId;
  },
  ...{ step_id: 0, state: 'ask', path: '', request_hash: '', provider: 'openai', model: 'gpt-4o' },
  ...{ input_tokens: 1, output_tokens: 1, cost_micros: 0, answer: {} },
};
const waits = (waiting: object) => ({ status: 'waiting', waiting, ...old });
/** Ends a run, as cancelling it does. */
const cancel = (run: string): Promise<unknown> => sql('select sg_cancel_run($1, $2)', [run, 'op']);
const broken = async (step: Record<string, unknown>, run: Record<string, unknown> = {}): Promise<string> => {
  const waiting = step.status === 'waiting' ? 1 : 0;
  const id = await world.run({ active: step.status === 'done' ? 0 : 1 - waiting, waiting, ...run });
  await world.step(id, step);
  return id;
};
const addJob = async (): Promise<string> =>
  String((await sql(`select id from graphile_worker.add_job('advance', '{"stepIds": []}')`)).rows[0].id);

const cases: Case[] = [
  {
    name: 'a step that runs under a dead worker',
    break: () => broken({ status: 'running', lease: 999_999, attempt: 1, attempt_at: ago(60) }),
    section: 'stuck',
    says: /R-\d+ of Follow-up, “ask”: running without a live worker, since .*Do: Start a worker/,
    mend: () => sql('select sg_adopt_orphans(true)'),
  },
  {
    name: 'a run of which nothing is left',
    break: () => broken({ status: 'done' }),
    section: 'stuck',
    says: /nothing of it is ready, running or waiting.*solograph cancel R-\d+/,
    mend: cancel,
  },
  {
    name: 'a map whose iterations are gone',
    break: () => broken(waits({ kind: 'items', total: 3, concurrency: 1 })),
    section: 'stuck',
    says: /waiting for iterations of which none is under way/,
    mend: cancel,
  },
  {
    name: 'a wait without a reason',
    break: () => broken({ status: 'waiting', ...old }),
    section: 'waits',
    says: /waiting without a reason/,
    mend: cancel,
  },
  {
    name: 'a wait for a time that is not stored',
    break: () => broken(waits({ kind: 'timer', untilMs: 5 })),
    section: 'waits',
    says: /waiting for a time that is not stored/,
    mend: cancel,
  },
  {
    name: 'an approval that nobody is asked for',
    break: () => broken(waits({ kind: 'approval' })),
    section: 'waits',
    says: /waiting for a decision that nobody is asked for/,
    mend: cancel,
  },
  {
    name: 'a wait for an event that would not find it',
    break: () => broken(waits({ kind: 'event', name: 'paid', key: '1', untilMs: null })),
    section: 'waits',
    says: /waiting for an event that would not find it/,
    mend: () => sql('select sg_adopt_orphans(true)'),
  },
  {
    name: 'a run past its deadline',
    break: () => broken({ status: 'running', lease: worker, attempt: 1 }, { deadline_at: ago(60) }),
    section: 'waits',
    says: /longer under way than its pipeline allows/,
    mend: cancel,
  },
  {
    name: 'a step that no job leads to',
    break: () => broken({ status: 'ready', ...old }),
    section: 'orphans',
    says: /ready, and no job leads to it, since .* \(\d\d s\)\. Do: A worker mends this/,
    mend: () => sql('select sg_adopt_orphans(true)'),
  },
  {
    name: 'a call whose run does not exist',
    break: () => broken(waits({ kind: 'child', pipeline: 'p', version: 1, runId: null, untilMs: null })),
    section: 'orphans',
    says: /waiting for a run that does not exist/,
    mend: () => sql('select sg_adopt_orphans(true)'),
  },
  {
    name: 'an undo that no job leads to',
    break: async () => {
      const run = await world.run({ status: 'completed' });
      await world.insert('undo', { run_id: run, kind: 'undo', to_seq: 0, by: 'op', created_at: ago(60) });
      return run;
    },
    section: 'undo',
    says: /to be undone, and no job leads to it/,
    mend: () => sql('select sg_adopt_orphans(true)'),
  },
  {
    name: 'an effect that nobody knows of and nobody is asked about',
    break: async () => {
      const run = await broken({ status: 'running', lease: worker, attempt: 1 });
      const step = (await sql('select id from step where run_id = $1', [run])).rows[0].id;
      const ledger = { key: `${run}:ask:`, kind: 'email.send', intent: {}, attempt: 1, status: 'unknown' };
      await world.insert('effect', { run_id: run, step_id: step, ...ledger, intent_at: ago(60) });
      return run;
    },
    section: 'effects',
    says: /it is not known whether email.send happened: and nobody is asked/,
    mend: (run) => sql(`select sg_effect_end($1, 'done', '{}')`, [`${run}:ask:`]),
  },
  {
    name: 'spend that does not add up',
    break: () => world.run({ status: 'completed', spend_micros: 5 }),
    section: 'spend',
    says: /the run says 5 micro-dollars, its steps 0, its calls 0/,
    mend: (run) => sql('update run set spend_micros = 0 where id = $1', [run]),
  },
  {
    name: 'a call that is attributed to another pipeline than its run',
    break: async () => {
      const run = await world.run({ status: 'completed' });
      await world.insert('spend', { ...call, run_id: run, call_key: run, pipeline_id: crypto.randomUUID() });
      return run;
    },
    section: 'spend',
    says: /1 calls are attributed to another pipeline, version or project than their run: they cost 0 micro-dollars/,
    mend: (run) => sql('update spend set pipeline_id = $2 where run_id = $1', [run, world.pipelineId]),
  },
  {
    name: 'a budget that counts wrongly',
    break: async () => {
      const id = crypto.randomUUID();
      const budget = { project_id: world.projectId, kind: 'project', limit_micros: 9, hard: true };
      await world.insert('budget', { id, ...budget, time_zone: 'UTC', created_by: 'op' });
      await world.insert('budget_period', { budget_id: id, period: '', spent_micros: 7 });
      return id;
    },
    section: 'spend',
    says: /a budget counts wrongly \(project\): it says 7 micro-dollars are spent, the calls say 0/,
    mend: (id) => sql('delete from budget where id = $1', [id]),
  },
  {
    name: 'a run that counts wrongly',
    break: () => broken({ status: 'running', lease: worker, attempt: 1 }, { active: 3 }),
    section: 'counters',
    says: /it says 3 active and 0 waiting steps, and has 1 and 0/,
    mend: (run) => sql('update run set active = 1 where id = $1', [run]),
  },
  {
    name: 'a gap in the events of a run',
    break: async () => {
      const run = await world.run({ status: 'completed', seq: 3 });
      for (const seq of [1, 3])
        await world.insert('run_event', { run_id: run, seq, events: [{ kind: 'x', data: {} }] });
      return run;
    },
    section: 'events',
    says: /it has told 3; 2 are stored, the last one is number 3/,
    mend: (run) => world.insert('run_event', { run_id: run, seq: 2, events: [{ kind: 'x', data: {} }] }),
  },
  {
    name: 'a job that gave up',
    break: async () => {
      const id = await addJob();
      await sql(
        `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no route to erp.local' where id = $1`,
        [id],
      );
      return id;
    },
    section: 'jobs',
    says: /job \d+ \(advance\): gave up after 25 attempts: no route to erp.local, since/,
    mend: (id) => sql('select graphile_worker.complete_jobs(array[$1::bigint])', [id]),
  },
  {
    name: 'a job that nobody takes',
    break: async () => {
      const id = await addJob();
      await sql(`update graphile_worker._private_jobs set run_at = now() - interval '1 hour' where id = $1`, [id]);
      return id;
    },
    section: 'jobs',
    says: /is due, and nobody takes it, since .* \(60 min\)/,
    mend: (id) => sql('select graphile_worker.complete_jobs(array[$1::bigint])', [id]),
  },
  {
    name: 'a job that a dead worker holds',
    break: async () => {
      const id = await addJob();
      await sql(
        `update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'gone' where id = $1`,
        [id],
      );
      return id;
    },
    section: 'jobs',
    says: /is locked by a worker that is not alive/,
    mend: () => sql(`select graphile_worker.force_unlock_workers(array['gone'])`),
  },
  {
    name: 'a worker of another version',
    break: async () => {
      await sql(`update worker set version = '0.0.1' where id = $1`, [worker]);
      return worker;
    },
    section: 'workers',
    says: /worker \d+ \(h, process 1\): runs version 0.0.1: this software is version/,
    mend: () => sql('update worker set version = $1', [version]),
  },
  {
    name: 'a worker that is gone and that nobody has noticed',
    break: () => world.worker({ version, heartbeat_at: ago(60) }),
    section: 'workers',
    says: /is gone, and nobody has taken back its steps, since .* \(\d\d s\)/,
    mend: (id) => sql('select sg_recover_worker($1)', [id]),
  },
  {
    name: 'entries that the index has lost',
    break: async () => {
      const item = await world.insert('memory_item', {
        id: crypto.randomUUID(),
        project_id: world.projectId,
        tier: 'knowledge',
        kind: 'note',
        text: 'x',
      });
      const chunk = { id: crypto.randomUUID(), item_id: item.id, project_id: world.projectId, ord: 0, text: 'x' };
      await world.insert('memory_chunk', chunk);
      await sql(`update memory_indexed set indexed_in = 'lexical-hash-v1' where chunk_id = $1`, [chunk.id]);
      return String(item.id);
    },
    section: 'index',
    says: /project Northwind: the index has lost entries: it holds 0 of 1/,
    mend: (id) => sql('delete from memory_item where id = $1', [id]),
  },
];

test('an installation that is well has a line for each section, and nothing is wrong', async () => {
  expect(await wrong()).toEqual([]);
  const { findings } = await examine({ home: os.tmpdir(), chromaUrl: testChromaUrl() });
  expect([...new Set(findings.map(({ section }) => section))]).toHaveLength(14);
});

test.each(cases)('$name is named, and gone when it is mended', async ({ break: breakIt, section, says, mend }) => {
  const id = await breakIt();
  const found = await wrong();
  expect(found.map((one) => one.section)).toEqual([section]);
  const [line = ''] = found.map((one) => lineOf(one, Date.now()));
  expect(line).toMatch(says);
  expect(line).not.toContain('\n');
  await mend(id);
  expect(await wrong()).toEqual([]);
});

test('no worker is wrong where something is to be done, and a note where nothing is', async () => {
  await sql('delete from worker');
  expect(await wrong()).toEqual([]);
  await broken({ status: 'ready' });
  const [found] = await wrong();
  expect(found).toMatchObject({ section: 'workers', what: 'none is alive', why: '1 runs and 0 jobs wait for one' });
});

test('an effect about which the operator is asked is a note, and so is one whose step has ended', async () => {
  const run = await broken({ status: 'cancelled', ended_at: ago(5) }, { status: 'cancelled' });
  const step = (await sql('select id from step where run_id = $1', [run])).rows[0].id;
  const ledger = { kind: 'email.send', intent: {}, attempt: 1, status: 'intended', intent_at: ago(60) };
  await world.insert('effect', { key: `${run}:ask:`, run_id: run, step_id: step, ...ledger });
  const { findings } = await examine({ home: os.tmpdir(), chromaUrl: testChromaUrl() });
  expect(findings.find((one) => one.section === 'effects')).toMatchObject({
    level: 'note',
    todo: 'Look at the other side.',
  });
  expect(await wrong()).toEqual([]);
});

test('a server that may lose what was committed is named', async () => {
  const { findings, ok } = await examine({ home: os.tmpdir(), chromaUrl: testChromaUrl() });
  const lines = findings.map((one) => lineOf(one, Date.now()));
  expect(lines[0]).toMatch(/^ok {3}database: Postgres 18/);
  expect(lines[1]).toMatch(/^BAD {2}database: fsync is off: what was committed can be lost .* Do: Set fsync = on\./);
  expect(ok).toBe(false);
});

test('Chroma that is away is named, with what is lost', async () => {
  const { findings, ok } = await examine({ home: os.tmpdir(), chromaUrl: 'http://127.0.0.1:9' });
  expect(ok).toBe(false);
  expect(findings.find(({ section }) => section === 'index')).toMatchObject({
    level: 'wrong',
    what: 'Chroma is not well',
  });
});
