import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOf } from '#server/db/scoped.ts';
import { getStep } from '#server/runs/get-step.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type StoredWorld, storedWorld } from '#server/testing/stored-world.ts';
import { applyRetention } from './apply-retention.ts';

const dayMs = 86_400_000;
const long = 'x'.repeat(5_000);

let database: TestDatabase;
let world: StoredWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = await storedWorld(database.pool);
});
afterAll(async () => await database.close());

/** A run with one step, two events, and values of which one is large. */
async function endedRun(daysAgo: number, values: Record<string, unknown> = {}): Promise<{ run: string; step: string }> {
  const ended = new Date(Date.now() - daysAgo * dayMs);
  const run = await world.run({ status: 'completed', seq: 2, ended_at: ended, created_at: ended, ...values });
  const step = await world.step(run, { status: 'done', outcome: 'ok', ended_at: ended });
  await world.insert('run_event', { run_id: run, seq: 2, events: [{ kind: 'run.queued' }, { kind: 'run.completed' }] });
  await world.insert('step_value', {
    step_id: step,
    input: { text: long },
    output: { short: true },
    provenance: [{ kind: 'pinned' }],
    logs: [{ at: 1, message: long }],
  });
  return { run, step };
}

const eventsOf = async (run: string): Promise<number> =>
  (await database.pool.query('select from run_event where run_id = $1', [run])).rowCount ?? 0;
const mine = async (dryRun = false) => {
  const { projects } = await applyRetention(database.pool, { dryRun });
  return projects.find(({ projectId }) => projectId === world.projectId);
};

test('a trial says what would go, and removes nothing', async () => {
  const { run } = await endedRun(100);
  expect(await mine(true)).toMatchObject({ eventRuns: 1, events: 2, values: 0 });
  expect(await eventsOf(run)).toBe(1);
  expect(await mine()).toMatchObject({ eventRuns: 1, events: 2, values: 0 });
  expect(await eventsOf(run)).toBe(0);
  expect(await mine()).toMatchObject({ eventRuns: 0, events: 0 });
});

test('large values go later than events, and a hash and their size stay in their place', async () => {
  const { run, step } = await endedRun(400);
  await world.insert('spend', {
    project_id: world.projectId,
    run_id: run,
    step_id: step,
    state: 'ask',
    path: '',
    call_key: `${run}:1`,
    request_hash: 'h',
    provider: 'p',
    model: 'm',
    input_tokens: 1,
    output_tokens: 1,
    cost_micros: 3,
    answer: { text: long },
  });
  await world.insert('audit_entry', { project_id: world.projectId, actor: 'op', action: 'run.start', subject: run });
  await world.insert('effect', {
    key: `${run}:ask:`,
    run_id: run,
    step_id: step,
    kind: 'http',
    intent: { body: long },
    attempt: 1,
    status: 'done',
  });
  expect(await mine()).toMatchObject({ events: 2, valueRuns: 1, values: 2 });
  const shown = await getStep(scopeOf(world.projectId, 'op'), { runId: run, state: 'ask', path: '' });
  const text = `{"text": "${long}"}`;
  const note = { pruned: true, sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length };
  expect(shown).toMatchObject({ input: note, output: { short: true }, provenance: [{ kind: 'pinned' }], logs: [] });
  expect(shown.pruned).toMatchObject({ input: note, output: null, logs: { pruned: true } });
  for (const table of ['spend', 'audit_entry', 'effect']) {
    const where = table === 'audit_entry' ? 'subject = $1' : 'run_id = $1::bigint';
    const { rows } = await database.pool.query(`select row_to_json(t)::text as row from ${table} t where ${where}`, [
      run,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain('pruned');
  }
  expect(await mine()).toMatchObject({ valueRuns: 0, values: 0 });
});

test('runs that are under way, that are being undone or that ended lately are left as they are', async () => {
  const old = new Date(Date.now() - 500 * dayMs);
  const live = await endedRun(500, { status: 'waiting', ended_at: null, created_at: old });
  const undoing = await endedRun(500, { undo: 'undoing' });
  const young = await endedRun(1);
  expect(await mine()).toMatchObject({ events: 0, values: 0 });
  for (const { run } of [live, undoing, young]) expect(await eventsOf(run)).toBe(1);
});

test('a project that keeps everything for ever loses nothing', async () => {
  await database.pool.query(`update project set settings = '{"retention": null}' where id = $1`, [world.projectId]);
  const { run } = await endedRun(5_000);
  expect(await mine()).toMatchObject({ retention: null, events: 0 });
  expect(await eventsOf(run)).toBe(1);
  await database.pool.query(`update project set settings = '{}' where id = $1`, [world.projectId]);
  expect(await mine()).toMatchObject({ events: 2 });
});

test('waits for no run that somebody works on: it is left for the next time', async () => {
  const { run } = await endedRun(100);
  const other = await endedRun(100);
  const holder = await database.pool.connect();
  await holder.query('begin');
  await holder.query('select from run where id = $1 for update', [run]);
  expect(await mine()).toMatchObject({ eventRuns: 1 });
  await holder.query('rollback');
  holder.release();
  expect([await eventsOf(run), await eventsOf(other.run)]).toEqual([1, 0]);
  expect(await mine()).toMatchObject({ eventRuns: 1 });
});

test('goes through more runs than one batch holds, and forgets old workers and events from outside', async () => {
  for (let n = 0; n < 120; n += 1) await endedRun(100);
  const long = new Date(Date.now() - 100 * dayMs);
  await world.insert('inbox_event', { project_id: world.projectId, name: 'paid', key: '7', data: {}, at: long });
  await world.insert('inbox_event', { project_id: world.projectId, name: 'paid', key: '8', data: {} });
  await world.worker({ dead_at: long });
  await world.worker({ dead_at: new Date() });
  await world.worker();
  const { projects, workers, more } = await applyRetention(database.pool);
  expect(projects[0]).toMatchObject({ eventRuns: 120, events: 240, inboxEvents: 1 });
  expect([workers, more]).toEqual([1, false]);
  expect((await database.pool.query('select from worker')).rowCount).toBe(2);
});
