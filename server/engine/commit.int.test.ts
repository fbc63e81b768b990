import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Program } from '#nodes/core/program.ts';
import { decideStart, type StepEvent } from '#nodes/core/step.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { all, arc, sketch } from '#server/testing/programs.ts';
import { type Claimed, claim, commit } from './commit.ts';
import { adoptOrphans, recover } from './liveness.ts';
import { transitionOf } from './transition-of.ts';

let database: TestDatabase;
let pool: Pool;
const ids = { project: '', pipeline: '', worker: '' };

beforeAll(async () => {
  database = await testDatabase();
  pool = database.pool;
  await pool.query(`insert into "user" (id, name, email, "updatedAt") values ('u', 'Op', 'op@example.test', now())`);
  const project = await pool.query(
    `insert into project (id, owner_id, name) values (gen_random_uuid(), 'u', 'P') returning id`,
  );
  ids.project = project.rows[0].id;
  const pipeline = await pool.query(
    `insert into pipeline (id, project_id, name, draft) values (gen_random_uuid(), $1, 'Pipe', '{}') returning id`,
    [ids.project],
  );
  ids.pipeline = pipeline.rows[0].id;
  const worker = await pool.query(
    `insert into worker (host, pid, version, concurrency) values ('h', 1, '0', 1) returning id::text`,
  );
  ids.worker = worker.rows[0].id;
});
afterAll(async () => await database.close());

async function start(program: Program, requestKey: string | null = null): Promise<string> {
  const stored = await pool.query(
    'insert into program (hash, ir) values ($1, $2) on conflict (hash) do update set hash = excluded.hash returning id::text',
    [program.hash, program],
  );
  const graph = await pool.query(`select sg_graph_id('{}')::text as id`);
  const { rows } = await pool.query('select sg_start_runs($1::jsonb)->0 as r', [
    JSON.stringify([
      {
        projectId: ids.project,
        pipelineId: ids.pipeline,
        programId: stored.rows[0].id,
        graphId: graph.rows[0].id,
        version: null,
        trigger: 'start',
        mode: 'test',
        input: {},
        requestKey,
        start: decideStart(program, 'start'),
      },
    ]),
  ]);
  return rows[0].r.runId;
}

async function ready(runId: string): Promise<{ id: string; state: string; path: string }[]> {
  return (
    await pool.query(`select id::text, state, path from step where run_id = $1 and status = 'ready' order by id`, [
      runId,
    ])
  ).rows;
}

const done = (outcome = 'ok'): StepEvent => ({ kind: 'done', outcome, output: { outcome } });

async function finish(program: Program, claimed: Claimed, event: StepEvent, keep = 0) {
  const values = { input: null, provenance: [], logs: [] };
  const executed = claimed.state.startsWith('$end:')
    ? ({ kind: 'item', end: { outcome: 'ok', result: claimed.path }, values } as const)
    : ({ kind: 'event', event, values } as const);
  return await commit(pool, {
    workerId: ids.worker,
    claimed,
    keep,
    ...transitionOf(program, claimed, executed, 'Pipe'),
  });
}

/** Works on a run until nothing is ready, answering each step by `respond`. */
async function work(
  program: Program,
  runId: string,
  respond: (step: Claimed) => StepEvent = () => done(),
): Promise<void> {
  for (let steps = await ready(runId); steps.length > 0; steps = await ready(runId))
    await workOnce(program, steps, respond);
}

async function workOnce(
  program: Program,
  steps: { id: string }[],
  respond: (step: Claimed) => StepEvent,
): Promise<void> {
  for (const { id } of steps) {
    const claimed = await claim(pool, id, ids.worker);
    const itemsDone = claimed?.decision?.kind === 'items-done';
    if (claimed)
      await finish(program, claimed, itemsDone ? { kind: 'done', outcome: 'done', output: {} } : respond(claimed));
  }
}

async function run(runId: string) {
  return (await pool.query('select status, seq, active, waiting, output, failure from run where id = $1', [runId]))
    .rows[0];
}

const chain = sketch(
  {
    start: { kind: 'trigger', arcs: { ok: arc(['a']) } },
    a: { arcs: { ok: arc(['b']) } },
    b: { arcs: { ok: arc([], ['$end', 1, 0]) } },
  },
  { $end: all(1) },
);
const failure: NodeFailure = { code: 'HTTP_UNAVAILABLE', message: 'no answer' };

describe('a run', () => {
  test('goes step by step to its end, with gapless events', async () => {
    const runId = await start(chain);
    await work(chain, runId);
    expect(await run(runId)).toMatchObject({ status: 'completed', active: 0, waiting: 0 });
    const { rows } = await pool.query('select seq from run_event_each where run_id = $1 order by seq', [runId]);
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1));
  });

  test('goes on in the same job where one step follows another', async () => {
    const runId = await start(chain);
    const [first] = await ready(runId);
    const claimed = await claim(pool, first?.id ?? '', ids.worker);
    const committed = await finish(chain, claimed as Claimed, done(), 1);
    expect(committed).toMatchObject({ ok: true, next: [{ state: 'a', attempt: 1 }] });
  });

  test('is started once by the same request', async () => {
    expect(await start(chain, 'same')).toBe(await start(chain, 'same'));
  });

  test('refuses a commit whose lease was lost', async () => {
    const runId = await start(chain);
    const [first] = await ready(runId);
    const claimed = (await claim(pool, first?.id ?? '', ids.worker)) as Claimed;
    await finish(chain, claimed, done());
    expect(await finish(chain, claimed, done())).toEqual({ ok: false });
  });

  test('fails where a failure is not handled, and cancels what else was going on', async () => {
    const program = sketch(
      {
        start: { kind: 'trigger', arcs: { ok: arc(['a', 'b']) } },
        a: { arcs: { ok: arc([], ['$end', 1, 0]) } },
        b: { arcs: { ok: arc([], ['$end', 1, 0]) } },
      },
      { $end: all(2) },
    );
    const runId = await start(program);
    await work(program, runId, (step) => (step.state === 'a' ? { kind: 'failed', failure, retryInMs: null } : done()));
    expect(await run(runId)).toMatchObject({
      status: 'failed',
      active: 0,
      failure: { code: 'HTTP_UNAVAILABLE', state: 'a' },
    });
  });

  test('waits for a retry without holding a worker', async () => {
    const runId = await start(chain);
    await work(chain, runId, (step) => (step.state === 'a' ? { kind: 'failed', failure, retryInMs: 60_000 } : done()));
    expect(await run(runId)).toMatchObject({ status: 'waiting', active: 0, waiting: 1 });
    const { rows } = await pool.query(`select waiting from step where run_id = $1 and state = 'a'`, [runId]);
    expect(rows[0].waiting).toMatchObject({ kind: 'retry', failure: { code: 'HTTP_UNAVAILABLE' } });
    expect(rows[0].waiting.untilMs).toBeGreaterThan(Date.now() + 50_000);
  });

  test('can be cancelled while it waits', async () => {
    const runId = await start(chain);
    await work(chain, runId, (step) => (step.state === 'a' ? { kind: 'failed', failure, retryInMs: 60_000 } : done()));
    await pool.query('select sg_cancel_run($1, $2)', [runId, 'op']);
    expect(await run(runId)).toMatchObject({ status: 'cancelled', active: 0, waiting: 0 });
  });
});

describe('a join', () => {
  const fork = sketch(
    {
      start: { kind: 'trigger', arcs: { ok: arc(['branch', 'side']) } },
      branch: { arcs: { true: arc(['a'], ['join', 0, 1]), false: arc([], ['join', 1, 1]) } },
      a: { arcs: { ok: arc([], ['join', 1, 0]) } },
      side: { arcs: { ok: arc([], ['join', 1, 0]) } },
      join: { kind: 'join', arcs: { ok: arc([], ['$end', 1, 0]) } },
    },
    { join: all(3, [{ join: '$end', taken: 0, dead: 1 }]), $end: all(1) },
  );

  test.each(['true', 'false'])('is not blocked by the branch that was not taken (%s)', async (outcome) => {
    const runId = await start(fork);
    await work(fork, runId, (step) => done(step.state === 'branch' ? outcome : 'ok'));
    expect(await run(runId)).toMatchObject({ status: 'completed' });
    const { rows } = await pool.query(`select count(*)::int as n from step where run_id = $1 and state = 'join'`, [
      runId,
    ]);
    expect(rows[0].n).toBe(1);
  });

  test('that nothing leads to is skipped, and the run still ends', async () => {
    const program = sketch(
      {
        start: { kind: 'trigger', arcs: { ok: arc(['branch']) } },
        branch: { arcs: { true: arc(['a', 'b'], ['$end', 0, 1]), false: arc(['c'], ['join', 0, 2]) } },
        a: { arcs: { ok: arc([], ['join', 1, 0]) } },
        b: { arcs: { ok: arc([], ['join', 1, 0]) } },
        c: { arcs: { ok: arc([], ['$end', 1, 0]) } },
        join: { arcs: { ok: arc([], ['$end', 1, 0]) } },
      },
      { join: all(2, [{ join: '$end', taken: 0, dead: 1 }]), $end: all(2) },
    );
    const runId = await start(program);
    await work(program, runId, (step) => done(step.state === 'branch' ? 'false' : 'ok'));
    expect(await run(runId)).toMatchObject({ status: 'completed' });
  });
});

describe('a map', () => {
  const mapped = (onItemError: string) =>
    sketch(
      {
        start: { kind: 'trigger', arcs: { ok: arc(['each']) } },
        each: {
          kind: 'map',
          ...(onItemError === 'stop' ? { tolerates: 0 } : {}),
          body: arc(['work']),
          arcs: { done: arc([], ['$end', 1, 0]) },
        },
        work: { scope: 'each', arcs: { ok: arc([], ['$end:each', 1, 0]) } },
      },
      { $end: all(1), '$end:each': all(1) },
    );
  const begin: StepEvent = { kind: 'map', items: ['a', 'b', 'c', 'd', 'e'], concurrency: 2 };

  test('works on as many items at once as it may, and on all of them in the end', async () => {
    const program = mapped('collect');
    const runId = await start(program);
    const underWay: number[] = [];
    for (let steps = await ready(runId); steps.length > 0; steps = await ready(runId)) {
      underWay.push(new Set(steps.map((step) => step.path)).size);
      await workOnce(program, steps, (step) => (step.state === 'each' ? begin : done()));
    }
    expect(Math.max(...underWay)).toBe(2);
    expect(await run(runId)).toMatchObject({ status: 'completed', active: 0, waiting: 0 });
    const { rows } = await pool.query(
      `select i.index, i.outcome, i.result from map_item i join step s on s.id = i.step_id where s.run_id = $1 order by index`,
      [runId],
    );
    expect(rows.map((row) => [row.outcome, row.result])).toEqual([0, 1, 2, 3, 4].map((i) => ['ok', `each:${i}`]));
  });

  test('collects an item that fails and goes on with the others', async () => {
    const program = mapped('collect');
    const runId = await start(program);
    await work(program, runId, (step) =>
      step.state === 'each' ? begin : step.path === 'each:1' ? { kind: 'failed', failure, retryInMs: null } : done(),
    );
    expect(await run(runId)).toMatchObject({ status: 'completed' });
    const { rows } = await pool.query(`select total, finished, failed from map_run where run_id = $1`, [runId]);
    expect(rows[0]).toEqual({ total: 5, finished: 5, failed: 1 });
  });

  test('that began twice is woken in its second attempt, and its event says so', async () => {
    const program = mapped('collect');
    const runId = await start(program);
    await workOnce(program, await ready(runId), () => done());
    const [map] = await ready(runId);
    await claim(pool, map?.id ?? '', ids.worker);
    await pool.query('select sg_take_back_all($1, $2)', [ids.worker, [map?.id]]);
    const second = (await claim(pool, map?.id ?? '', ids.worker)) as Claimed;
    await finish(program, second, { kind: 'map', items: ['a'], concurrency: 1 });
    const [item] = await ready(runId);
    const claimed = (await claim(pool, item?.id ?? '', ids.worker)) as Claimed;
    const values = { input: null, provenance: [], logs: [] };
    const executed = { kind: 'event', event: done(), values } as const;
    const { transition } = transitionOf(program, claimed, executed, 'Pipe');
    const ahead = { more: [], starts: [], arrivals: [] };
    const end = { outcome: 'ok', result: null } as const;
    const committed = await commit(pool, {
      workerId: ids.worker,
      claimed,
      transition,
      values,
      keep: 1,
      ahead,
      item: end,
    });
    expect(committed).toMatchObject({ ok: true, next: [{ state: 'each', attempt: 2 }] });
    const { rows } = await pool.query(
      `select (data->>'attempt')::int as attempt from run_event_each where run_id = $1 and kind = 'step.started' and data->>'state' = 'each' order by seq`,
      [runId],
    );
    expect(rows.map(({ attempt }) => attempt)).toEqual([1, 2, 2]);
  });

  test('stops at the first item that fails where it should', async () => {
    const program = mapped('stop');
    const runId = await start(program);
    await work(program, runId, (step) => {
      if (step.decision?.kind === 'item-failed')
        return { kind: 'failed', failure: step.decision.failure as NodeFailure, retryInMs: null };
      return step.state === 'each'
        ? begin
        : step.path === 'each:1'
          ? { kind: 'failed', failure, retryInMs: null }
          : done();
    });
    expect(await run(runId)).toMatchObject({ status: 'failed', active: 0, waiting: 0 });
  });
});

describe('an approval', () => {
  const waits: StepEvent = {
    kind: 'wait',
    task: {
      kind: 'approval',
      title: 'Send',
      subject: 'Ann',
      proposal: { text: 'hi' },
      proposalType: { type: 'any' },
      editable: true,
      reasons: [],
      risk: 0.6,
      timeoutMs: null,
    },
  };

  async function waiting() {
    const runId = await start(chain);
    await work(chain, runId, (step) => (step.state === 'a' ? waits : done()));
    const { rows } = await pool.query(`select id, token from task where run_id = $1`, [runId]);
    return { runId, task: rows[0] as { id: string; token: string } };
  }
  const decideTask = async (p: object) =>
    (await pool.query('select sg_decide_task($1::jsonb) as r', [JSON.stringify(p)])).rows[0].r;
  const decision = { decision: 'approve', value: { text: 'hi' }, edited: false, reason: null, by: 'op', at: 1 };

  test('occupies no worker, and the run goes on after the decision in the same attempt', async () => {
    const { runId, task } = await waiting();
    expect(await run(runId)).toMatchObject({ status: 'waiting', active: 0, waiting: 1 });
    expect(await decideTask({ taskId: task.id, projectId: ids.project, token: task.token, decision })).toMatchObject({
      ok: true,
    });
    const [step] = await ready(runId);
    expect(await claim(pool, step?.id ?? '', ids.worker)).toMatchObject({
      state: 'a',
      attempt: 1,
      decision: { kind: 'decision', decision },
    });
  });

  test('is decided once, and only with its token', async () => {
    const { task } = await waiting();
    const p = { taskId: task.id, projectId: ids.project, token: task.token, decision };
    expect(await decideTask({ ...p, token: 'guess' })).toEqual({ ok: false, reason: 'token' });
    const answers = await Promise.all([decideTask(p), decideTask(p)]);
    expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true]);
  });
});

describe('effects', () => {
  const begin = async (claimed: Claimed, key: string, unsafe: boolean) =>
    (
      await pool.query('select sg_effect_begin($1::jsonb) as r', [
        JSON.stringify({
          key,
          runId: claimed.runId,
          stepId: claimed.stepId,
          worker: ids.worker,
          attempt: claimed.attempt,
          kind: 'email',
          intent: {},
          unsafe,
        }),
      ])
    ).rows[0].r;

  test('are not repeated when the receipt is there, and asked about when it is not', async () => {
    const runId = await start(chain);
    const [first] = await ready(runId);
    const claimed = (await claim(pool, first?.id ?? '', ids.worker)) as Claimed;
    expect(await begin(claimed, `${runId}:x`, true)).toEqual({ do: 'act' });
    expect(await begin(claimed, `${runId}:x`, true)).toEqual({ do: 'unknown' });
    await pool.query(`select sg_effect_end($1, 'done', '{"id": 7}')`, [`${runId}:x`]);
    expect(await begin(claimed, `${runId}:x`, true)).toEqual({ do: 'return', receipt: { id: 7 } });
    expect(await begin({ ...claimed, attempt: 9 }, `${runId}:y`, true)).toEqual({ do: 'refused' });
  });
});

describe('a worker that dies', () => {
  test('loses its steps to the others, which go on from there', async () => {
    const runId = await start(chain);
    const dead = (
      await pool.query(
        `insert into worker (host, pid, version, concurrency) values ('h', 2, '0', 1) returning id::text`,
      )
    ).rows[0].id;
    const [first] = await ready(runId);
    const lost = (await claim(pool, first?.id ?? '', dead)) as Claimed;
    expect(await recover(pool)).toContain(runId);
    const values = { input: null, provenance: [], logs: [] };
    const late = await commit(pool, {
      workerId: dead,
      claimed: lost,
      keep: 0,
      ...transitionOf(chain, lost, { kind: 'event', event: done(), values }, 'Pipe'),
    });
    expect(late).toEqual({ ok: false });
    const revived = await pool.query(
      `insert into worker (host, pid, version, concurrency) values ('h', 3, '0', 1) returning id::text`,
    );
    ids.worker = revived.rows[0].id;
    await work(chain, runId);
    expect(await run(runId)).toMatchObject({ status: 'completed' });
    const { rows } = await pool.query(`select attempt, result from step_attempt where step_id = $1 order by attempt`, [
      lost.stepId,
    ]);
    expect(rows).toEqual([{ attempt: 1, result: 'lost' }]);
  });

  test('sets free the jobs that it had fetched and not begun', async () => {
    const runId = await start(chain);
    const dead = (
      await pool.query(
        `insert into worker (host, pid, version, concurrency) values ('h', 4, '0', 1) returning id::text`,
      )
    ).rows[0].id;
    const [first] = await ready(runId);
    const mine = `payload::jsonb->'stepIds' @> '["${first?.id}"]'`;
    await pool.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-dead' where ${mine}`,
    );
    await pool.query('select sg_recover_worker($1)', [dead]);
    const { rows } = await pool.query(`select locked_by from graphile_worker._private_jobs where ${mine}`);
    expect(rows).toEqual([{ locked_by: null }]);
  });

  test('loses also what its last statement gives it after it was buried', async () => {
    const runId = await start(chain);
    const dead = (
      await pool.query(
        `insert into worker (host, pid, version, concurrency) values ('h', 5, '0', 1) returning id::text`,
      )
    ).rows[0].id;
    await recover(pool);
    await pool.query(`update step set status = 'running', lease = $2 where run_id = $1`, [runId, dead]);
    expect(await recover(pool)).toContain(runId);
    expect(await ready(runId)).toHaveLength(1);
  });

  test('and wakes up after all keeps no job that it took before it learnt of its death', async () => {
    const runId = await start(chain);
    const [first] = await ready(runId);
    const mine = `payload::jsonb->'stepIds' @> '["${first?.id}"]'`;
    await pool.query(
      `update graphile_worker._private_jobs set locked_at = now() - interval '6 seconds', locked_by = 'pool-buried' where ${mine}`,
    );
    await adoptOrphans(pool);
    const { rows } = await pool.query(`select locked_by from graphile_worker._private_jobs where ${mine}`);
    expect(rows).toEqual([{ locked_by: null }]);
  });

  test('or a job that is lost leaves no step behind: it gets another job', async () => {
    const runId = await start(chain);
    const [first] = await ready(runId);
    const mine = `payload::jsonb->'stepIds' @> '["${first?.id}"]'`;
    await pool.query(`delete from graphile_worker._private_jobs where ${mine}`);
    expect(await adoptOrphans(pool)).toContain(runId);
    expect((await pool.query(`select from graphile_worker._private_jobs where ${mine}`)).rowCount).toBe(1);
    expect(await adoptOrphans(pool)).not.toContain(runId);
  });
});
