import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { scopeOf } from '#server/db/scoped.ts';
import { getWhyNotMoving } from '#server/runs/why-not-moving.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type StoredWorld, storedWorld } from '#server/testing/stored-world.ts';
import { adoptOrphans } from './liveness.ts';

let database: TestDatabase;
let world: StoredWorld;
let alive: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await storedWorld(database.pool);
  alive = await world.worker();
  await database.pool.query('select sg_add_jobs(array[0]::bigint[], now())');
});
afterEach(async () => {
  await database.pool.query('delete from run');
  await database.pool.query('delete from graphile_worker._private_jobs');
});
afterAll(async () => await database.close());

const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);
const old = { created_at: ago(60), attempt_at: ago(60) };
const stuck = async (): Promise<{ kind: string; why: string; since: Date }[]> =>
  (await database.pool.query('select kind, why, since from sg_stuck')).rows;

type Broken = { run?: Record<string, unknown>; step: Record<string, unknown> };
const waits = (waiting: object, more = {}): Broken => ({ step: { status: 'waiting', waiting, ...old, ...more } });

test.each<[string, Broken]>([
  ['no-lease', { step: { status: 'running', lease: 999_999, attempt: 1 } }],
  ['no-reason', { step: { status: 'waiting' } }],
  ['no-wake', waits({ kind: 'timer', untilMs: 5 })],
  ['no-job', { step: { status: 'ready', ...old } }],
  ['no-job', waits({ kind: 'timer', untilMs: 5 }, { wake_at: ago(30) })],
  ['no-task', waits({ kind: 'approval' })],
  ['no-task', waits({ kind: 'failure', failure: { code: 'X', message: 'x' } })],
  ['no-waiter', waits({ kind: 'event', name: 'paid', key: '1', untilMs: null })],
  ['no-child', waits({ kind: 'child', pipeline: 'p', version: 1, runId: null, untilMs: null })],
  ['no-items', waits({ kind: 'items', total: 3, concurrency: 1 })],
  ['nothing-left', { step: { status: 'done' } }],
  ['overdue', { run: { deadline_at: ago(30) }, step: { status: 'ready' } }],
])('%s is named, with since when, and the run says so', async (kind, { run = {}, step }) => {
  const id = await world.run({ active: 1, waiting: 1, ...run });
  await world.step(id, step);
  const found = await stuck();
  expect(found.map((one) => one.kind)).toEqual([kind]);
  expect(found[0]?.since.getTime()).toBeLessThanOrEqual(Date.now());
  const why = await getWhyNotMoving(scopeOf(world.projectId, 'op'), id);
  expect(why.summary).toContain('It is stuck');
  expect(why.summary).toContain(found[0]?.why);
});

test('a call whose run has ended and that nobody told is named', async () => {
  const caller = await world.run({ waiting: 1 });
  const waiting = { kind: 'child', pipeline: 'p', version: 1, runId: null, untilMs: null };
  const step = await world.step(caller, { status: 'waiting', waiting, ...old });
  const child = await world.run({ status: 'completed', parent_step_id: step, ended_at: ago(60) });
  expect(await stuck()).toMatchObject([{ kind: 'child-ended' }]);
  await adoptOrphans(database.pool);
  expect(await stuck()).toEqual([]);
  const { rows } = await database.pool.query('select sg_child_ended($1) as run', [child]);
  expect(String(rows[0].run)).toBe(caller);
});

test('an undo whose worker is gone, and one that no job leads to, are named and taken up again', async () => {
  const run = await world.run({ status: 'completed', ended_at: ago(60) });
  const item = { ord: 1, step_id: 1, state: 'ask', path: '', title: 'Ask', can: 'reverts' };
  const first = await world.insert('undo', { run_id: run, kind: 'undo', to_seq: 0, by: 'op', created_at: ago(60) });
  await world.insert('undo_item', { undo_id: first.id, ...item, status: 'running', lease: 999_999 });
  const second = await world.insert('undo', { run_id: run, kind: 'undo', to_seq: 0, by: 'op', created_at: ago(60) });
  await world.insert('undo_item', { undo_id: second.id, ...item });
  expect((await stuck()).map(({ kind }) => kind).sort()).toEqual(['undo-no-job', 'undo-no-lease']);
  await adoptOrphans(database.pool);
  expect(await stuck()).toEqual([]);
});

test('a paused run, a running step, a wait with its job and a fresh one are not stuck', async () => {
  const paused = await world.run({ active: 1, paused_at: ago(60) });
  await world.step(paused, { status: 'ready', ...old });
  const running = await world.run({ active: 1 });
  await world.step(running, { status: 'running', lease: alive, attempt: 1 });
  const due = await world.run({ waiting: 1 });
  const step = await world.step(due, {
    status: 'waiting',
    waiting: { kind: 'timer', untilMs: 5 },
    wake_at: ago(60),
    ...old,
  });
  await database.pool.query('select sg_add_jobs(array[$1]::bigint[], now())', [step]);
  const fresh = await world.run({ active: 1 });
  await world.step(fresh, { status: 'ready' });
  expect(await stuck()).toEqual([]);
});

test('what lost its job, its lease or its waiter goes on: a job that gave up leaves nothing behind', async () => {
  const run = await world.run({ active: 2, waiting: 2, seq: 0 });
  const ready = await world.step(run, { status: 'ready', ...old });
  await world.step(run, { state: 'b', status: 'running', lease: 999_999, attempt: 1 });
  await world.step(run, { state: 'c', status: 'waiting', waiting: { kind: 'timer', untilMs: 5 }, wake_at: ago(60) });
  await world.step(run, { state: 'd', status: 'waiting', waiting: { kind: 'event', name: 'paid', key: '1' }, ...old });
  await database.pool.query('select sg_add_jobs(array[$1]::bigint[], now())', [ready]);
  await database.pool.query('update graphile_worker._private_jobs set attempts = max_attempts');
  expect((await stuck()).map(({ kind }) => kind).sort()).toEqual(['no-job', 'no-job', 'no-lease', 'no-waiter']);
  expect(await adoptOrphans(database.pool)).toEqual([run]);
  expect(await stuck()).toEqual([]);
  expect(await adoptOrphans(database.pool)).toEqual([]);
});

test('a step that a commit begins at the very moment its worker is declared dead goes on with the next look', async () => {
  const dead = await world.worker();
  const run = await world.run({ active: 1, seq: 0 });
  const first = await world.step(run, { status: 'running', lease: dead, attempt: 1 });
  const late = await database.pool.connect();
  await late.query('begin');
  await late.query('select from run where id = $1 for update', [run]);
  const recovery = database.pool.query('select sg_recover_worker($1)', [dead]);
  await expect.poll(waitingForLocks).toBe(1);
  await late.query(`update step set status = 'done', lease = null where id = $1`, [first]);
  await late.query(
    `insert into step (run_id, state, path, status, lease, attempt) values ($1, 'next', '', 'running', $2, 1)`,
    [run, dead],
  );
  await late.query('commit');
  late.release();
  await recovery;
  expect(await stuck()).toMatchObject([{ kind: 'no-lease' }]);
  expect(await adoptOrphans(database.pool, false)).toEqual([run]);
  expect(await stuck()).toEqual([]);
});

const waitingForLocks = async (): Promise<number> =>
  (
    await database.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%sg_recover_worker%'`,
    )
  ).rowCount ?? 0;

test('between two full looks, those are looked at that have stood still for a moment', async () => {
  const run = await world.run({ active: 1, seq: 1 });
  await world.step(run, { status: 'ready', ...old });
  await world.insert('run_event', { run_id: run, seq: 1, events: [{ kind: 'run.queued', data: {} }] });
  expect(await adoptOrphans(database.pool, false)).toEqual([]);
  await database.pool.query('update run_event set at = $1', [ago(5)]);
  expect(await adoptOrphans(database.pool, false)).toEqual([run]);
});
