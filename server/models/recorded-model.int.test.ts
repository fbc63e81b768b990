import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NodeError } from '#nodes/core/errors.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type StepOptions, type TestRun, testRun } from '#server/testing/step-scope.ts';
import { openAiProvider } from './openai/openai-provider.ts';
import { syncPrices } from './prices.ts';
import { recordedModel } from './recorded-model.ts';
import { rehearsalProvider } from './rehearsal/rehearsal-provider.ts';

let database: TestDatabase;
let db: Pool;
let run: TestRun;
let server: ModelServer;
let paths = 0;

beforeAll(async () => {
  database = await testDatabase();
  db = database.pool;
  await syncPrices(db);
  run = await testRun(db);
});
afterAll(async () => await database.close());
beforeEach(async () => {
  server = await modelServer();
});
afterEach(async () => await server.close());

const nextPath = () => `m:${paths++}`;
const messages = [{ role: 'user' as const, content: 'Hello' }];

async function model(options: StepOptions & { defaultModel?: string } = {}) {
  const { defaultModel = 'gpt-4.1-mini', ...step } = options;
  const { scope } = await run.attempt({ path: nextPath(), ...step });
  const provider = openAiProvider({ apiKey: 'k', baseUrl: server.url, defaultModel });
  return { scope, ...recordedModel(provider, scope) };
}

async function failure(asking: Promise<unknown>): Promise<NodeError> {
  const thrown: unknown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof NodeError) return thrown;
  throw new Error(`It did not fail with a code: ${String(thrown)}`);
}

const spendOf = async (path: string) =>
  (await db.query('select * from spend where run_id = $1 and path = $2 order by id', [run.runId.toString(), path]))
    .rows;
const costOf = async (path: string) =>
  Number(
    (await db.query('select cost_micros from step where run_id = $1 and path = $2', [run.runId.toString(), path]))
      .rows[0].cost_micros,
  );

describe('a call of a model', () => {
  it('is recorded with tokens, price and cost, added to its step and its run', async () => {
    const path = nextPath();
    const before = await runSpend();
    server.script({ kind: 'text', text: 'Hi', usage: { input: 1_001, output: 10 } });
    const answer = await (await model({ path })).generate({ messages });
    // 1,001 × $0.40 + 10 × $1.60 for a million = 416.4 micro-dollars
    expect(answer).toMatchObject({ costMicros: 417, priceId: 'openai:gpt-4.1-mini:2025-04-14', rehearsal: false });
    const [row, ...more] = await spendOf(path);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ input_tokens: 1_001, output_tokens: 10, cost_micros: '417', model: 'gpt-4.1-mini' });
    expect(row.answer).toMatchObject({ answer, usage: 'reported', failure: null });
    expect(await costOf(path)).toBe(417);
    expect(await runSpend()).toBe(before + 417);
    const { rows } = await db.query(
      `select data from run_event_each where run_id = $1 and kind = 'spend' order by seq desc`,
      [run.runId.toString()],
    );
    expect(rows[0].data).toEqual({ state: 'step', path, costMicros: 417 });
  });

  it('is not made nor paid again by a later attempt, which streams the recorded answer', async () => {
    const path = nextPath();
    server.script({ kind: 'text', text: 'first' }, { kind: 'text', text: 'second' });
    const first = await model({ path });
    const answers = [await first.generate({ messages }), await first.generate({ messages })];
    const pieces: string[] = [];
    const later = await model({ path, attempt: 2 });
    const again = [
      await later.generate({ messages, onText: (piece) => pieces.push(piece) }),
      await later.generate({ messages }),
    ];
    expect(again).toEqual(answers);
    expect(again.map(({ text }) => text)).toEqual(['first', 'second']);
    expect(pieces).toEqual(['first']);
    expect(server.calls).toHaveLength(2);
    expect(await spendOf(path)).toHaveLength(2);
  });

  it('is made anew where the question has changed since, and found again after that', async () => {
    const path = nextPath();
    await (await model({ path })).generate({ messages });
    const changed = [{ role: 'user' as const, content: 'Something else' }];
    const answer = await (await model({ path, attempt: 2 })).generate({ messages: changed });
    expect(answer.text).toContain('Something else');
    expect(await (await model({ path, attempt: 3 })).generate({ messages: changed })).toEqual(answer);
    expect(server.calls).toHaveLength(2);
    expect(await spendOf(path)).toHaveLength(2);
  });

  it('asks for the model of the request, else of the project, else of the environment', async () => {
    await (await model({ settings: { model: 'gpt-4o' } })).generate({ messages, model: 'gpt-4.1' });
    await (await model({ settings: { model: 'gpt-4o' } })).generate({ messages, model: '' });
    await (await model()).generate({ messages });
    expect(server.calls.map(({ body }) => body.model)).toEqual(['gpt-4.1', 'gpt-4o', 'gpt-4.1-mini']);
  });

  it('of a model without a price is recorded as unpriced, not as free', async () => {
    const answer = await (await model({ defaultModel: 'llama3.2' })).generate({ messages });
    expect(answer).toMatchObject({ priceId: null, costMicros: 0 });
  });

  it('is charged less for input that the provider had kept, and says how much that was', async () => {
    const path = nextPath();
    server.script({ kind: 'text', text: 'Hi', usage: { input: 1_000, cached: 800, output: 0 } });
    const answer = await (await model({ path })).generate({ messages });
    expect(answer).toMatchObject({ costMicros: 200 * 0.4 + 800 * 0.1, cachedInputTokens: 800 });
    expect((await spendOf(path))[0]).toMatchObject({ input_tokens: 1_000, cached_input_tokens: 800 });
  });

  it('of a dated model has the price of its family', async () => {
    const { priceId } = await (await model({ defaultModel: 'gpt-4.1-nano-2025-04-14' })).generate({ messages });
    expect(priceId).toBe('openai:gpt-4.1-nano:2025-04-14');
  });

  it('whose tokens had to be counted says so in its record', async () => {
    const path = nextPath();
    server.script({ kind: 'text', text: 'Hi there', usage: null });
    await (await model({ path })).generate({ messages });
    expect((await spendOf(path))[0].answer.usage).toBe('counted');
  });
});

describe('a call that fails', () => {
  it('before anything was answered is not recorded', async () => {
    const path = nextPath();
    server.script({ kind: 'status', status: 500, error: { message: 'down' } });
    expect((await failure((await model({ path })).generate({ messages }))).code).toBe('MODEL_UNAVAILABLE');
    expect(await spendOf(path)).toEqual([]);
  });

  it('after it was charged is recorded each time, and never given as an answer', async () => {
    const path = nextPath();
    server.script(
      { kind: 'text', text: 'Half an ans', finish: 'length', usage: { input: 10, output: 3 } },
      { kind: 'text', text: 'Whole' },
    );
    expect((await failure((await model({ path })).generate({ messages }))).code).toBe('MODEL_OUTPUT_INVALID');
    expect(await costOf(path)).toBe(9);
    expect((await (await model({ path, attempt: 2 })).generate({ messages })).text).toBe('Whole');
    const rows = await spendOf(path);
    expect(rows.map(({ answer }) => answer.failure?.code ?? null)).toEqual(['MODEL_OUTPUT_INVALID', null]);
    expect(await costOf(path)).toBe(rows.reduce((sum, { cost_micros }) => sum + Number(cost_micros), 0));
  });
});

describe('a worker that lost its step', () => {
  it('asks no model and spends nothing, though it may still read what was paid for', async () => {
    const path = nextPath();
    const slept = await model({ path });
    await model({ path, attempt: 2 });
    expect(await failure(slept.generate({ messages }))).toMatchObject({ code: 'CANCELLED', happened: 'no' });
    expect(server.calls).toHaveLength(0);
    expect(await spendOf(path)).toEqual([]);
    const woken = await model({ path, attempt: 2 });
    server.script({ kind: 'text', text: 'Paid' });
    await woken.generate({ messages });
    const late = await model({ path, attempt: 2 });
    await db.query('update step set lease = null where id = $1', [late.scope.stepId.toString()]);
    expect((await late.generate({ messages })).text).toBe('Paid');
    expect(server.calls).toHaveLength(1);
  });
});

describe('a rehearsal', () => {
  it('is recorded as one, under a price of nothing', async () => {
    const path = nextPath();
    const { scope } = await run.attempt({ path });
    const answer = await recordedModel(rehearsalProvider(), scope).generate({ messages, model: 'gpt-4.1' });
    expect(answer).toMatchObject({ rehearsal: true, costMicros: 0, priceId: 'rehearsal:rehearsal-1:2025-01-01' });
    expect((await spendOf(path))[0]).toMatchObject({ rehearsal: true, provider: 'rehearsal', model: 'rehearsal-1' });
  });
});

describe('the prices', () => {
  it('are written once, and the database refuses to change them', async () => {
    await syncPrices(db);
    const change = db.query(`update price set input_micros = 1 where id = 'openai:gpt-4o:2024-10-02'`);
    await expect(change).rejects.toThrow('a price is never changed');
    await expect(db.query(`delete from price where id = 'openai:gpt-4o:2024-10-02'`)).rejects.toThrow('never changed');
  });
});

async function runSpend(): Promise<number> {
  const { rows } = await db.query('select spend_micros from run where id = $1', [run.runId.toString()]);
  return Number(rows[0].spend_micros);
}

describe('vectors', () => {
  it('are paid for once: a later attempt gets the same ones', async () => {
    const path = nextPath();
    const first = await (await model({ path })).embed({ texts: ['a', 'bbb'] });
    const second = await (await model({ path, attempt: 2 })).embed({ texts: ['a', 'bbb'] });
    expect(first.vectors).toEqual([
      [1, 0.5, -0.25],
      [3, 0.5, -0.25],
    ]);
    expect(second).toEqual(first);
    expect(server.calls).toHaveLength(1);
    expect(await spendOf(path)).toMatchObject([
      { model: 'text-embedding-3-small', input_tokens: 16, output_tokens: 0 },
    ]);
  });
});

describe('a call with a name', () => {
  it('is found by it in a later attempt, whatever was asked before it', async () => {
    const path = nextPath();
    const early = await model({ path });
    await early.generate({ messages, call: 'turn-1' });
    await early.generate({ messages: [{ role: 'user', content: 'More' }], call: 'turn-2' });
    const late = await model({ path, attempt: 2 });
    await late.generate({ messages: [{ role: 'user', content: 'More' }], call: 'turn-2' });
    expect(server.calls).toHaveLength(2);
    expect(await spendOf(path)).toHaveLength(2);
  });
});
