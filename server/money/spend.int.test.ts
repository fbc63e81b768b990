import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkMoney } from '#server/doctor/check-money.ts';
import { checkSums } from '#server/doctor/check-sums.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { exportSpend } from './export-spend.ts';
import { spendBy, spendBySchema } from './spend-by.ts';
import { spendDimensions } from './spend-dimensions.ts';
import type { SpendReport } from './types.ts';

let product: TestProduct;
let model: ModelServer;
/** The local day of the runs. */
const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const dayBefore = (days: number): string => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);

/** Writes to each customer of a list. */
const letters = (name: string) =>
  graph(
    name,
    [
      {
        ...node('each', 'flow.map', { maxItems: 100, concurrency: 4, onItemError: 'collect' } as never),
        inputs: { items: { kind: 'value', value: [{ name: 'Ann' }, { name: 'Bob' }, { name: 'Cleo' }] } },
      } as never,
      node('save', 'entity.upsert', { entityType: 'customer' } as never, { key: 'item.name', data: '{}' }),
      {
        ...node('write', 'llm.generate', { maxOutputTokens: 200 } as never, { prompt: '"Write to " + nodes.save.key' }),
        title: 'Letter',
      } as never,
    ],
    ['start.fired>each', 'each.each>save', 'save.ok>write'],
  );

beforeAll(async () => {
  model = await modelServer();
  product = await testProduct({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', OPENAI_MODEL: 'gpt-4.1-mini' });
  const odd = [111, 777, 1_003, 59, 5_001, 13];
  model.script(...odd.map((input) => ({ kind: 'text', text: 'Dear', usage: { input, output: 31 } }) as const));
  for (const name of ['Letters', 'More letters'])
    await product.until(await product.start(await product.pipeline(letters(name))), 'completed');
  // A call of a model that has no price.
  model.script({ kind: 'text', text: 'Hi', usage: { input: 5, output: 5 } });
  const plain = graph(
    'Unpriced',
    [node('ask', 'llm.generate', { model: 'llama3.2' } as never, { prompt: '"Hi"' })],
    ['start.fired>ask'],
  );
  await product.until(await product.start(await product.pipeline(plain)), 'completed');
}, 60_000);
afterAll(async () => {
  await product.close();
  await model.close();
});

const by = (asked: Record<string, unknown>): Promise<SpendReport> =>
  spendBy(product.scope, spendBySchema.parse({ from: today, to: today, ...asked }));
const whole = async (): Promise<number> =>
  Number((await product.database.pool.query('select sum(cost_micros) as micros from spend')).rows[0].micros);

describe('spend', () => {
  test.each(spendDimensions.map((dimension) => [dimension]))(
    'by %s sums up to the whole, to the micro-dollar',
    async (dimension) => {
      const report = await by({ by: dimension });
      expect(report.totalMicros).toBe(await whole());
      expect(report.parts.reduce((sum, { micros }) => sum + micros, 0)).toBe(report.totalMicros);
      expect(report.course.reduce((sum, { micros }) => sum + micros, 0)).toBe(report.totalMicros);
      expect(report).toMatchObject({ calls: 7, unpricedCalls: 1 });
    },
  );

  test('is told by what it was for, in the operator’s words', async () => {
    const titles = async (dimension: string) => (await by({ by: dimension })).parts.map(({ title }) => title).sort();
    expect(await titles('pipeline')).toEqual(['Letters', 'More letters', 'Unpriced']);
    expect(await titles('version')).toEqual(['Letters v1', 'More letters v1', 'Unpriced v1']);
    expect(await titles('node')).toEqual(['Letter · Letters', 'Letter · More letters', 'ask · Unpriced']);
    expect(await titles('entity')).toEqual([
      'about nobody in particular',
      'customer Ann',
      'customer Bob',
      'customer Cleo',
    ]);
    expect(await titles('label')).toEqual(['Ann', 'Bob', 'Cleo', 'not an item of a list']);
    expect(await titles('taskClass')).toEqual(['standard']);
    expect((await titles('step'))[0]).toBe('Letter each:0 · R-1');
  });

  test('of calls that are attributed is found again by the doctor, who finds nothing wrong', async () => {
    expect((await checkMoney()).concat(await checkSums()).filter(({ level }) => level === 'wrong')).toEqual([]);
  });

  test('is compared with what was expected, and with as many days before', async () => {
    const report = await by({ by: 'pipeline' });
    expect(report.calibration).toMatchObject({ calls: 6, actualMicros: report.totalMicros });
    expect(report.previousMicros).toBe(0);
    await product.database.pool.query(
      `update spend set at = at - interval '1 day' where id in (select id from spend order by id limit 3)`,
    );
    const moved = await by({ by: 'pipeline' });
    expect(moved.totalMicros + moved.previousMicros).toBe(await whole());
    expect(moved.movers[0]).toMatchObject({ title: 'More letters', previousMicros: 0 });
    expect(moved.movers.at(-1)).toMatchObject({ title: 'Letters', micros: 0 });
  });

  test('over time has a bucket for each day, also where nothing was spent', async () => {
    const { course } = await by({ from: dayBefore(9), to: today });
    expect(course.map(({ from }) => from)).toEqual(Array.from({ length: 10 }, (_, n) => dayBefore(9 - n)));
    expect((await by({ from: dayBefore(60), per: 'month' })).course.length).toBeLessThanOrEqual(4);
  });
});

test('the export is CSV with every call once, whose amounts sum up to the whole', async () => {
  const { rows } = await product.database.pool.query('select id, name, email from "user" limit 1');
  await product.database.pool.query(`update pipeline set name = '=cmd()' where name = 'Letters'`);
  const url = `http://x/api/spend?${new URLSearchParams({ projectId: product.scope.projectId, from: dayBefore(2), to: today })}`;
  const response = await exportSpend(new Request(url), rows[0]);
  const text = await response.text();
  expect(text.split('\r\n')[0]).toContain('at,project,pipeline,version,run,node,path');
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(7);
  expect(data.reduce((sum, row) => sum + Number(row.cost_micros), 0)).toBe(await whole());
  expect(data.find(({ entity }) => entity === 'customer Ann')).toMatchObject({
    pipeline: "'=cmd()",
    node: 'write',
    path: 'each:0',
    task_class: 'standard',
  });
  expect(data.find(({ node: id }) => id === 'ask')).toMatchObject({ price_id: '', model: 'llama3.2' });
});
