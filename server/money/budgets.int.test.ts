import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import { decideBudget } from '#server/inbox/decide-budget.ts';
import { getTask } from '#server/inbox/get-task.ts';
import { listTasks } from '#server/inbox/list-tasks.ts';
import type { TaskView } from '#server/inbox/types.ts';
import { getWhyNotMoving } from '#server/runs/why-not-moving.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { listBudgets } from './list-budgets.ts';
import { changeBudget, createBudget, removeBudget } from './save-budget.ts';
import { setPrice, setPriceSchema } from './set-price.ts';

let product: TestProduct;
let model: ModelServer;

beforeAll(async () => {
  model = await modelServer();
  product = await testProduct({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', OPENAI_MODEL: 'gpt-4.1-mini' });
}, 60_000);
afterAll(async () => {
  await product.close();
  await model.close();
});

afterEach(async () => {
  for (const { id } of await listBudgets(product.scope)) await removeBudget(product.scope, id);
  await product.row(`select where not exists (select from live_run)`, []);
});

/** A model call of at most 100 tokens of answer, whose worst case is 10 to 30 tokens of input and 160 micro-dollars of output. */
const asking = (name: string, config: Record<string, unknown> = {}): GraphInput =>
  graph(
    name,
    [
      node('ask', 'llm.generate', { maxOutputTokens: 100, ...config } as never, { prompt: '"Say hello."' }),
      node('done', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: 'nodes.ask.text' }),
    ],
    ['start.fired>ask', 'ask.ok>done'],
  );

const sql = async <Row extends object>(text: string, params: unknown[] = []): Promise<Row[]> =>
  (await product.database.pool.query<Row>(text, params)).rows;
const usage = { input: 20, output: 50 };
/** 20 × $0.40 and 50 × $1.60 a million. */
const cost = 88;
const answers = (count: number) =>
  model.script(...Array.from({ length: count }, () => ({ kind: 'text', text: 'Hello', usage }) as const));

async function asked(runId: string): Promise<TaskView> {
  const { id } = await product.row<{ id: string }>(
    `select id from task where run_id = $1 and kind = 'budget' and status = 'open'`,
    [runId],
  );
  return await getTask(product.scope, id);
}
const decide = (task: TaskView, choice: 'raise' | 'wait' | 'stop', toMicros?: number) =>
  decideBudget(product.scope, { taskId: task.id, token: task.token, choice, toMicros });
/** The budget's row says what the calls say, and nothing is reserved for ever. */
async function addsUp(): Promise<void> {
  await product.row('select where not exists (select from spend_reservation)', []);
  expect(
    await sql(
      `select q.* from budget_period q join budget b on b.id = q.budget_id
        where b.removed_at is null and (q.spent_micros <> sg_spent(b, q.period) or q.reserved_micros <> 0)`,
    ),
  ).toEqual([]);
}

describe('a hard budget', () => {
  test('holds a run before the call that does not fit, and says why; raised, the run goes on where it stood', async () => {
    const pipelineId = await product.pipeline(asking('Held'));
    const { id } = await createBudget(product.scope, { kind: 'pipeline', pipelineId, limitMicros: 200, hard: true });
    answers(2);
    const first = await product.start(pipelineId);
    await product.until(first, 'completed');
    const calls = model.calls.length;
    const second = await product.start(pipelineId);
    const task = await asked(second);
    expect(model.calls).toHaveLength(calls);
    expect(task).toMatchObject({ kind: 'budget', title: 'Over budget. What now?', subject: 'Generate in Held' });
    expect(task.request).toMatchObject({
      hold: { budget: 'pipeline', limitMicros: 200, spentMicros: cost, asks: true },
    });
    expect(task.reasons[0]).toMatch(
      /^The budget of this pipeline is \$0\.0002, of which \$0\.000088 is spent; the next model call may cost up to \$0\.000\d+\.$/,
    );
    const why = await getWhyNotMoving(product.scope, second);
    expect(why.steps[0]).toMatchObject({
      kind: 'budget',
      waitsFor: 'room in a budget that is used up',
      taskId: task.id,
    });
    expect(await listBudgets(product.scope)).toMatchObject([{ id, spentMicros: cost, held: 1, state: 'holds' }]);

    await expect(decide(task, 'raise', 250)).rejects.toThrow('a budget of at least $0.000259');
    await decide(task, 'raise', 400);
    await product.until(second, 'completed');
    await expect(decide(task, 'raise', 500)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await sql('select attempt from step where run_id = $1 and state = $2', [second, 'ask'])).toEqual([
      { attempt: 1 },
    ]);
    await addsUp();
  });

  test('lets a run wait, which goes on when the budget itself is raised', async () => {
    const pipelineId = await product.pipeline(asking('Waits'));
    const { id } = await createBudget(product.scope, { kind: 'run', pipelineId, limitMicros: 1, hard: true });
    const runId = await product.start(pipelineId);
    await decide(await asked(runId), 'wait');
    await sleep(300);
    expect(await sql('select status from run where id = $1', [runId])).toEqual([{ status: 'waiting' }]);
    expect(await listTasks(product.scope, { status: 'open', limit: 9, runId })).toEqual([]);
    expect(await sql('select * from sg_stuck')).toEqual([]);
    answers(1);
    await changeBudget(product.scope, { budgetId: id, limitMicros: 1_000, hard: true });
    await product.until(runId, 'completed');
  });

  test('lets a run be stopped, and goes on with what it holds when it is removed', async () => {
    const pipelineId = await product.pipeline(asking('Stopped'));
    const { id } = await createBudget(product.scope, { kind: 'day', pipelineId, limitMicros: 1, hard: true });
    const [stopped, freed] = [await product.start(pipelineId), await product.start(pipelineId)];
    const task = await asked(stopped);
    expect(task.request).toMatchObject({ hold: { budget: 'day', renewsAtMs: expect.any(Number) } });
    await decide(task, 'stop');
    await product.until(stopped, 'failed');
    expect(await sql(`select failure->>'code' as code from run where id = $1`, [stopped])).toEqual([
      { code: 'BUDGET_EXCEEDED' },
    ]);
    const other = await asked(freed);
    answers(1);
    await removeBudget(product.scope, id);
    await product.until(freed, 'completed');
    expect((await getTask(product.scope, other.id)).status).toBe('cancelled');
  });

  test('holds no call of a model without a price as if it were free', async () => {
    const pipelineId = await product.pipeline(asking('Unpriced', { model: 'llama3.2' }));
    await createBudget(product.scope, { kind: 'month', pipelineId, limitMicros: 1_000_000, hard: true });
    const refused = await product.start(pipelineId);
    await product.until(refused, 'failed');
    expect(await sql(`select failure->>'code' as code from run where id = $1`, [refused])).toEqual([
      { code: 'MODEL_UNPRICED' },
    ]);
    const provider = new URL(model.url).host;
    await setPrice(
      product.scope,
      setPriceSchema.parse({ provider, model: 'llama3.2', inputMicros: 0, outputMicros: 0 }),
    );
    await product.until(await product.start(pipelineId), 'completed');
  });

  test('gives back what a call reserved that failed before it was charged', async () => {
    const pipelineId = await product.pipeline(asking('Fails'));
    await createBudget(product.scope, { kind: 'pipeline', pipelineId, limitMicros: 200, hard: true });
    model.script({ kind: 'status', status: 401, error: { message: 'no such key' } });
    await product.until(await product.start(pipelineId), 'failed');
    await addsUp();
    answers(1);
    await product.until(await product.start(pipelineId), 'completed');
  });

  test('gives back what a worker reserved that died', async () => {
    const pipelineId = await product.pipeline(asking('Dies'));
    await createBudget(product.scope, { kind: 'pipeline', pipelineId, limitMicros: 200, hard: true });
    const [{ worker } = { worker: '' }] = await sql<{ worker: string }>(
      `insert into worker (host, pid, version, concurrency, dead_at) values ('h', 1, '0', 1, now()) returning id as worker`,
    );
    answers(1);
    const runId = await product.start(pipelineId);
    await product.until(runId, 'completed');
    await sql(
      `select sg_reserve_spend(jsonb_build_object('runId', $1::text, 'stepId', '0', 'worker', $2::text, 'micros', '100'))`,
      [runId, String(worker)],
    );
    expect((await listBudgets(product.scope))[0]).toMatchObject({ spentMicros: cost, reservedMicros: 100 });
    const held = await product.start(pipelineId);
    await product.row(`select from step where run_id = $1 and waiting->>'kind' = 'budget'`, [held]);
    await sql('select sg_sweep_budgets()');
    await addsUp();
    await decide(await asked(held), 'stop');
  });
});

test('a soft budget holds nothing; that it is reached is noted once', async () => {
  const pipelineId = await product.pipeline(asking('Soft'));
  const { id } = await createBudget(product.scope, { kind: 'pipeline', pipelineId, limitMicros: 100, hard: false });
  answers(3);
  for (let run = 0; run < 3; run++) await product.until(await product.start(pipelineId), 'completed');
  expect(
    await sql(`select details from audit_entry where action = 'budget.reached' and subject = $1`, [id]),
  ).toMatchObject([{ details: { kind: 'pipeline', hard: false, spentMicros: 2 * cost, limitMicros: 100 } }]);
  expect(await listBudgets(product.scope)).toMatchObject([{ id, spentMicros: 3 * cost, state: 'reached' }]);
});

test('fifty runs at the same time never spend a micro-dollar more than their budget; none is lost; raised, all go on', async () => {
  const pipelineId = await product.pipeline(asking('Fifty'));
  const limitMicros = 20 * cost + 10;
  const { id } = await createBudget(product.scope, { kind: 'pipeline', pipelineId, limitMicros, hard: true });
  const before = model.calls.length;
  model.script(...Array.from({ length: 50 }, () => ({ kind: 'text', text: 'Hello', usage, pauseMs: 5 }) as const));
  const most = watchMost(id);
  const runs = await Promise.all(Array.from({ length: 50 }, () => product.start(pipelineId)));
  await product.row(
    `select where (select count(*) from run where pipeline_id = $1 and status = 'completed') +
                  (select count(*) from task k join run r on r.id = k.run_id where r.pipeline_id = $1 and k.kind = 'budget' and k.status = 'open') = 50`,
    [pipelineId],
  );
  const [first] = await spent(pipelineId);
  expect(first!.micros).toBeLessThanOrEqual(limitMicros);
  // As many as fit: the worst case of one more call does not.
  expect(first!.micros).toBeGreaterThan(limitMicros - 200);
  expect(model.calls.length - before).toBe(first!.calls);
  expect(await sql('select * from sg_stuck')).toEqual([]);

  const tasks = await listTasks(product.scope, { status: 'open', limit: 100 });
  expect(tasks.length).toBe(50 - first!.calls);
  await decide(await getTask(product.scope, tasks[0]!.id), 'raise', 50 * cost + 400);
  for (const runId of runs) await product.until(runId, 'completed');
  expect((await most.stop()).over).toBe(0);
  expect(await spent(pipelineId)).toEqual([{ micros: 50 * cost, calls: 50 }]);
  expect(model.calls.length - before).toBe(50);
  expect(await listTasks(product.scope, { status: 'open', limit: 9 })).toEqual([]);
  await addsUp();
}, 90_000);

const spent = (pipelineId: string) =>
  sql<{ micros: number; calls: number }>(
    `select coalesce(sum(cost_micros), 0)::int as micros, count(*)::int as calls from spend s join run r on r.id = s.run_id where r.pipeline_id = $1`,
    [pipelineId],
  );

/** Looks at a budget again and again, for a moment at which what is spent and reserved is more than it allows. */
function watchMost(budgetId: string): { stop: () => Promise<{ over: number }> } {
  const state = { over: 0, stopped: false };
  const watching = (async () => {
    while (!state.stopped) {
      const [row] = await sql<{ over: number }>(
        `select max(q.spent_micros + q.reserved_micros - b.limit_micros - q.raised_micros)::int as over
           from budget_period q join budget b on b.id = q.budget_id where b.id = $1`,
        [budgetId],
      );
      state.over = Math.max(state.over, row?.over ?? 0);
      await sleep(5);
    }
  })();
  return {
    async stop() {
      state.stopped = true;
      await watching;
      return { over: state.over };
    },
  };
}
