import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import { countTokens } from '#server/models/openai/count-tokens.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer, type Usage } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { estimateRun } from './estimate-run.ts';

let product: TestProduct;
let model: ModelServer;

beforeAll(async () => {
  model = await modelServer();
  const env = { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', OPENAI_MODEL: 'gpt-4.1-mini' };
  product = await testProduct(env);
  // This process estimates as the web process does: by the environment that the worker has, too.
  Object.assign(process.env, env);
}, 60_000);
afterAll(async () => {
  await product.close();
  await model.close();
});

const writing = (name: string, config: Record<string, unknown> = {}): GraphInput =>
  graph(
    name,
    [
      {
        id: 'start',
        type: 'trigger.manual',
        version: 1,
        config: { fields: [{ name: 'notes', title: 'Notes', type: 'text', required: true }] },
      } as never,
      {
        ...node('write', 'llm.generate', { maxOutputTokens: 800, system: 'You write letters.', ...config } as never),
        inputs: { prompt: { kind: 'template', template: 'Write a letter from these notes:\n{{ run.input.notes }}' } },
      } as never,
      node('done', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: 'nodes.write.text' }),
    ],
    ['start.fired>write', 'write.ok>done'],
  );

/** Numbers that are the same in every run of the tests. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (state + 0.5) / 2 ** 32;
  };
}
const random = seeded(20_261_127);
const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
const notesOf = (words: number): string =>
  Array.from(
    { length: words },
    () => ['order', 'late', 'Tuesday', 'discount', 'Berlin', 'chai'][Math.floor(random() * 6)],
  ).join(' ');

/** What a run is started with, and what the provider will count for it. */
async function letter(): Promise<{ notes: string; prompt: string; usage: Usage }> {
  const notes = notesOf(10 + Math.floor(random() * 300));
  const output = Math.min(800, Math.max(1, Math.round(180 * Math.exp(0.45 * normal()))));
  const prompt = `Write a letter from these notes:\n${notes}`;
  const messages = [
    { role: 'system', content: 'You write letters.' },
    { role: 'user', content: prompt },
  ] as const;
  const { inputTokens: input } = await countTokens([...messages], '');
  return { notes, prompt, usage: { input, output } };
}

const spentBy = async (runId: string): Promise<number> =>
  Number(
    (await product.database.pool.query('select spend_micros from run where id = $1', [runId])).rows[0].spend_micros,
  );

describe('before a node has run', () => {
  test('its estimate comes from its prompt, its longest answer and the price, and is exact about what it is started with', async () => {
    const pipelineId = await product.pipeline(writing('Fresh'));
    const blind = await estimateRun(product.scope, { pipelineId, source: 'draft', started: null });
    expect(blind.nodes.write).toMatchObject({ basis: 'template', unpriced: false, samples: 0, model: 'gpt-4.1-mini' });
    const started = { trigger: 'start', input: { notes: notesOf(2_000) } };
    const { nodes, run } = await estimateRun(product.scope, { pipelineId, source: 'published', started });
    expect(nodes.write?.basis).toBe('bindings');
    expect(run).toEqual(nodes.write?.once);
    // 800 tokens of answer at $1.60 a million, beside some 2,000 of input at $0.40.
    expect(run!.p90Micros).toBeGreaterThan(1_280 + 700);
    expect(run!.p90Micros).toBeLessThan(1_280 + 1_500);
    expect(run!.p90Micros).toBeGreaterThan(blind.run!.p90Micros);
  });

  test('a model without a price is unpriced, not free, and so is the run', async () => {
    const pipelineId = await product.pipeline(writing('Unpriced', { model: 'llama3.2' }));
    const found = await estimateRun(product.scope, { pipelineId, source: 'draft', started: null });
    expect(found).toMatchObject({
      run: null,
      unpriced: ['llama3.2'],
      nodes: { write: { unpriced: true, once: null } },
    });
  });
});

/** So many runs are asked for, and estimated, at a time. */
const together = 8;

test('of 200 calls at least 80 % cost what the estimate before them said: no more than p90, and no further below p50 than p90 is above it', async () => {
  const pipelineId = await product.pipeline(writing('Two hundred'));
  const asked = await Promise.all(Array.from({ length: 200 }, () => letter()));
  model.answer(({ messages }) => {
    const prompt = (messages as { content: string }[]).at(-1)?.content;
    const found = asked.find((one) => one.prompt === prompt);
    return found ? { kind: 'text', text: 'Dear all', usage: found.usage } : null;
  });
  const within = { run: 0, below: 0 };
  for (let at = 0; at < asked.length; at += together)
    await Promise.all(
      asked.slice(at, at + together).map(async ({ notes }) => {
        const started = { trigger: 'start', input: { notes } };
        const { run } = await estimateRun(product.scope, { pipelineId, source: 'published', started });
        const runId = await product.start(pipelineId, { notes });
        await product.until(runId, 'completed');
        const actual = await spentBy(runId);
        const { p50Micros, p90Micros } = run!;
        if (actual <= p90Micros) within.below += 1;
        if (actual <= p90Micros && actual >= 2 * p50Micros - p90Micros) within.run += 1;
      }),
    );
  process.stdout.write(`Of 200 runs ${within.run} in the band, ${within.below} at most p90\n`);
  expect(within.run / 200).toBeGreaterThanOrEqual(0.8);
  expect(within.below / 200).toBeGreaterThanOrEqual(0.85);

  // What was noted with each call as it was made says the same.
  const { rows } = await product.database.pool.query(
    `select count(*)::int as calls, count(*) filter (where cost_micros between 2 * estimate_p50_micros - estimate_p90_micros and estimate_p90_micros)::int as within
       from spend where pipeline_id = $1`,
    [pipelineId],
  );
  expect(rows[0].calls).toBe(200);
  expect(rows[0].within / 200).toBeGreaterThanOrEqual(0.8);
}, 120_000);
