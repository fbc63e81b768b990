import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { nodeStatuses } from '#server/runs/node-statuses.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { modelSource } from './model-source.ts';
import { openAiProvider } from './openai/openai-provider.ts';
import { syncPrices } from './prices.ts';
import { recordedModel } from './recorded-model.ts';

let database: TestDatabase;
let run: TestRun;
let server: ModelServer;
let other: ModelServer;
let paths = 0;

beforeAll(async () => {
  database = await testDatabase();
  await syncPrices(database.pool);
});
afterAll(async () => await database.close());
beforeEach(async () => {
  run = await testRun(database.pool);
  server = await modelServer();
  other = await modelServer();
  await connection('other', other.url);
});
afterEach(async () => {
  await server.close();
  await other.close();
});

const connection = (name: string, url: string, rates: { requests?: number; tokens?: number } = {}) =>
  database.pool.query(
    `insert into model_connection (id, project_id, name, kind, base_url, model, requests_per_minute, tokens_per_minute)
     values (gen_random_uuid(), $1, $2, 'compatible', $3, 'm-1', $4, $5)`,
    [run.projectId, name, url, rates.requests ?? null, rates.tokens ?? null],
  );
const setClass = (name: string, settings: Record<string, unknown>) =>
  database.pool.query('insert into task_class (project_id, name, settings) values ($1, $2, $3)', [
    run.projectId,
    name,
    settings,
  ]);

/** One attempt of a step of the project; each asks the connections and classes anew. */
async function step(path = `c:${paths++}`, attempt = 1) {
  const { scope, logged } = await run.attempt({ path, attempt });
  const provider = openAiProvider({ apiKey: 'k', baseUrl: server.url, defaultModel: 'gpt-4.1-mini' });
  const model = recordedModel(
    modelSource(database.pool, provider, () => []),
    scope,
  );
  const ask = (more: Partial<ModelRequest> = {}) =>
    model.generate({ messages: [{ role: 'user', content: 'Hello' }], ...more });
  return { ask, embed: (texts: string[]) => model.embed({ texts }), logged, path };
}
const failureOf = async (asking: Promise<unknown>): Promise<NodeError> => {
  const thrown: unknown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof NodeError) return thrown;
  throw new Error(`It did not fail with a code: ${String(thrown)}`);
};
const status = (code: number, headers = {}) =>
  ({ kind: 'status', status: code, error: { message: 'no' }, headers }) as const;

describe('a class of work', () => {
  it('says which model answers, how warm, and how long it may be; the node goes before it', async () => {
    await setClass('batch', { model: 'other:m-9', temperature: 0.1, maxOutputTokens: 50 });
    const { ask } = await step();
    await ask({ taskClass: 'batch', maxOutputTokens: 900 });
    await ask({ taskClass: 'batch', temperature: 0.7, model: 'other:m-2' });
    await ask();
    expect(other.calls.map(({ body }) => [body.model, body.temperature, body.max_tokens])).toEqual([
      ['m-9', 0.1, 50],
      ['m-2', 0.7, 50],
    ]);
    expect(server.calls.map(({ body }) => body.model)).toEqual(['gpt-4.1-mini']);
  });

  it('asks the next model where one is away, and says so', async () => {
    await setClass('standard', { fallbacks: ['other:m-3'] });
    server.script(status(503));
    const { ask, logged } = await step();
    expect(await ask()).toMatchObject({ model: 'm-3', provider: new URL(other.url).host });
    expect(logged).toEqual([expect.stringContaining('The next one is asked.')]);
  });

  it('finds the answer of the next model again in a later attempt, and asks nobody', async () => {
    await setClass('standard', { fallbacks: ['other:m-3'] });
    server.script(status(503));
    const first = await step();
    const answer = await first.ask();
    expect(await (await step(first.path, 2)).ask()).toEqual(answer);
    expect([server.calls.length, other.calls.length]).toEqual([1, 1]);
  });

  it('does not ask another model where the answer was refused, which would be paid for twice', async () => {
    await setClass('standard', { fallbacks: ['other:m-3'] });
    server.script({ kind: 'refusal', text: 'I cannot.' });
    expect((await failureOf((await step()).ask())).code).toBe('MODEL_REFUSED');
    expect(other.calls).toHaveLength(0);
  });

  it('fails as its first model did where all are away', async () => {
    await setClass('standard', { fallbacks: ['other:m-3'] });
    server.script(status(401));
    other.script(status(500));
    expect((await failureOf((await step()).ask())).message).toContain('OPENAI_API_KEY');
  });

  it('gives up a request after its time', async () => {
    await setClass('interactive', { timeoutMs: 1_000 });
    server.script({ kind: 'silent' });
    const error = await failureOf((await step()).ask({ taskClass: 'interactive' }));
    expect(error).toMatchObject({ code: 'MODEL_TIMEOUT', message: expect.stringContaining('longer than 1 s') });
  });

  it('has no more requests under way than it may: the others are put off', async () => {
    await setClass('batch', { concurrency: 1 });
    server.answer(() => ({ kind: 'text', text: 'x'.repeat(60), pauseMs: 20 }));
    const steps = await Promise.all([step(), step(), step()]);
    const asked = await Promise.allSettled(steps.map(({ ask }) => ask({ taskClass: 'batch' })));
    expect(server.calls).toHaveLength(1);
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as NodeError] : []));
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ code: 'MODEL_BUSY', happened: 'no', details: { place: 'batch', places: 1 } });
    // Another kind of work has places of its own, and a project without the limit asks for none.
    await (await step()).ask();
  });
});

describe('an answer that is kept', () => {
  it('is used again for exactly the same, costs nothing and says so', async () => {
    await setClass('standard', { cacheMs: 60_000 });
    const paid = await (await step()).ask();
    const second = await step();
    const kept = await second.ask();
    expect(kept).toMatchObject({ text: paid.text, cached: true, costMicros: 0, inputTokens: 0, priceId: paid.priceId });
    expect(paid.costMicros).toBeGreaterThan(0);
    await (await step()).ask({ temperature: 0.5 });
    expect(server.calls).toHaveLength(2);
    const ask = async <Row>(sql: string, values: unknown[] = []) =>
      (await database.pool.query(sql, values)).rows as Row[];
    const statuses = await nodeStatuses([run.runId.toString()], ask);
    expect(statuses.get(run.runId.toString())?.step).toMatchObject({ cached: 1 });
    const told = await ask<{ data: JsonObject }>(
      `select data from run_event_each where run_id = $1 and kind = 'spend' order by seq`,
      [run.runId],
    );
    expect(told.map(({ data }) => data.cached ?? false)).toEqual([false, true, false]);
    expect(await (await step(second.path, 2)).ask()).toEqual(kept);
  });

  it('is not used after its time, nor in another project, nor without being asked for', async () => {
    await (await step()).ask();
    await (await step()).ask();
    expect(server.calls).toHaveLength(2);
    await setClass('standard', { cacheMs: 1_000 });
    await sleep(1_100);
    await (await step()).ask();
    expect(server.calls).toHaveLength(3);
    run = await testRun(database.pool);
    await setClass('standard', { cacheMs: 60_000 });
    await (await step()).ask();
    expect(server.calls).toHaveLength(4);
  });

  it('is never one that failed', async () => {
    await setClass('standard', { cacheMs: 60_000 });
    server.script({ kind: 'truncated', text: 'Half an ans' });
    expect((await failureOf((await step()).ask())).code).toBe('MODEL_UNAVAILABLE');
    expect(await (await step()).ask()).not.toHaveProperty('cached');
  });
});

describe('the rates of a provider', () => {
  it('are kept before they are reached: what is over is told when to come again, and is not sent', async () => {
    await connection('tight', server.url, { requests: 3 });
    for (let n = 0; n < 3; n += 1) await (await step()).ask({ model: 'tight:m-1' });
    const error = await failureOf((await step()).ask({ model: 'tight:m-1' }));
    expect(error).toMatchObject({ code: 'MODEL_QUOTA', happened: 'no', details: { quota: 'm-1 at tight' } });
    expect(error.retryAfterMs).toBeGreaterThan(15_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(20_000);
    expect(server.calls).toHaveLength(3);
    // Each model has rates of its own.
    await (await step()).ask({ model: 'tight:m-2' });
  });

  it('count tokens, too, and are shared by all workers', async () => {
    await connection('tokens', server.url, { tokens: 1_200 });
    const asked = Array.from({ length: 6 }, async () =>
      (await step()).ask({ model: 'tokens:m-1', maxOutputTokens: 398 }).then(
        () => 'answered',
        ({ code }: NodeError) => code,
      ),
    );
    const ended = await Promise.all(asked);
    expect(ended.filter((how) => how === 'answered')).toHaveLength(3);
    expect(ended.filter((how) => how === 'MODEL_QUOTA')).toHaveLength(3);
  });

  it('let a request pass that is larger than a whole minute, once there is a whole minute', async () => {
    await connection('small', server.url, { tokens: 100 });
    await (await step()).ask({ model: 'small:m-1', maxOutputTokens: 5_000 });
    expect((await failureOf((await step()).ask({ model: 'small:m-1' }))).code).toBe('MODEL_QUOTA');
  });

  it('hold others back, too, once the provider has said when to come again', async () => {
    other.script(status(429, { 'retry-after': '7' }));
    const first = await failureOf((await step()).ask({ model: 'other:m-1' }));
    expect(first).toMatchObject({ code: 'MODEL_RATE_LIMITED', retryAfterMs: 7_000 });
    const second = await failureOf((await step()).ask({ model: 'other:m-1' }));
    expect(second).toMatchObject({ code: 'MODEL_QUOTA' });
    expect(second.retryAfterMs).toBeGreaterThan(5_000);
    expect(other.calls).toHaveLength(1);
  });

  it('lead to the next model where there is one', async () => {
    await setClass('standard', { model: 'other:m-1', fallbacks: ['environment:gpt-4.1'] });
    other.script(status(429, { 'retry-after': '7' }));
    expect((await (await step()).ask()).model).toBe('gpt-4.1');
    expect((await (await step()).ask()).model).toBe('gpt-4.1');
    expect(other.calls).toHaveLength(1);
  });
});

describe('under a hard budget', () => {
  const budget = (limitMicros: number) =>
    database.pool.query(
      `insert into budget (id, project_id, kind, limit_micros, hard, time_zone, created_by)
       values (gen_random_uuid(), $1, 'project', $2, true, 'UTC', 'op')`,
      [run.projectId, limitMicros],
    );
  const period = async () =>
    (
      await database.pool.query<{ spent: string; reserved: string; left: string }>(
        `select spent_micros as spent, reserved_micros as reserved, (select count(*) from spend_reservation where run_id = $2) as left
           from budget_period where budget_id in (select id from budget where project_id = $1)`,
        [run.projectId, run.runId],
      )
    ).rows[0];
  const usage = { input: 100, output: 50 };

  it('each model that is asked reserves for itself, and one that is away gives it back', async () => {
    await budget(1_000);
    await setClass('batch', { fallbacks: ['other:gpt-4.1-mini'] });
    server.script(status(503));
    other.script({ kind: 'text', text: 'Hello', usage });
    const { ask } = await step();
    const answer = await ask({ taskClass: 'batch', maxOutputTokens: 100 });
    expect(answer.costMicros).toBe(120);
    expect(await period()).toEqual({ spent: '120', reserved: '0', left: '0' });
    const { rows } = await database.pool.query('select task_class from spend where run_id = $1', [run.runId]);
    expect(rows).toEqual([{ task_class: 'batch' }]);
  });

  it('what does not fit is not asked of the next model either', async () => {
    await budget(50);
    await setClass('standard', { fallbacks: ['other:gpt-4.1-mini'] });
    const error = await failureOf((await step()).ask({ maxOutputTokens: 100 }));
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', details: { hold: { budget: 'project', asks: true } } });
    expect([server.calls.length, other.calls.length]).toEqual([0, 0]);
  });

  it('an answer that is kept costs nothing, and needs no room', async () => {
    await budget(300);
    await setClass('standard', { cacheMs: 60_000 });
    server.script({ kind: 'text', text: 'Hello', usage });
    await (await step()).ask({ maxOutputTokens: 100 });
    await database.pool.query('update budget set limit_micros = 121 where project_id = $1', [run.projectId]);
    expect(await (await step()).ask({ maxOutputTokens: 100 })).toMatchObject({ cached: true, costMicros: 0 });
    expect(await period()).toEqual({ spent: '120', reserved: '0', left: '0' });
  });

  it('tools that a model is offered count as what is sent', async () => {
    await budget(200);
    const tool = (n: number) => ({
      name: `tool_${n}`,
      description: 'Looks up an order',
      parameters: { type: 'object' },
    });
    const tools = Array.from({ length: 40 }, (_, n) => tool(n));
    expect((await failureOf((await step()).ask({ maxOutputTokens: 100, tools }))).code).toBe('BUDGET_EXCEEDED');
  });

  it('vectors are held and counted, too', async () => {
    await budget(1_000);
    const { embed } = await step();
    await embed(['one', 'two']);
    expect(await period()).toMatchObject({ reserved: '0', left: '0' });
    await database.pool.query('update budget set limit_micros = 0 where project_id = $1', [run.projectId]);
    expect((await failureOf((await step()).embed(['three']))).code).toBe('BUDGET_EXCEEDED');
  });
});
