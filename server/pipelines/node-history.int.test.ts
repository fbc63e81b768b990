import { afterAll, beforeAll, expect, test } from 'vitest';
import { getRun } from '#server/runs/get-run.ts';
import { getWhyNotMoving } from '#server/runs/why-not-moving.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { nodeHistory } from './node-history.ts';

let product: TestProduct;

beforeAll(async () => {
  product = await testProduct();
});
afterAll(() => product.close());

const output = (id: string, value: string) =>
  node(id, 'output', { fields: [{ name: 'value', type: 'text' }] }, { value });

test('a disabled node is passed over by the engine, in a version that was published with it', async () => {
  const pipelineId = await product.pipeline(
    graph(
      'Passed over',
      [
        { ...node('ask', 'human.approval', { title: 'Ask', fields: [] }), disabled: true },
        { ...node('each', 'flow.map', { maxItems: 5 }, { items: '[1, 2]' }), disabled: true },
        output('inside', 'string(item)'),
        output('end', 'nodes.?ask.?decision.orValue("nobody asked")'),
      ],
      ['start.fired>ask', 'ask.approved>each', 'each.each>inside', 'each.done>end'],
    ),
  );
  const runId = await product.start(pipelineId);
  await product.until(runId, 'completed');
  const { rows } = await product.database.pool.query('select state from step where run_id = $1 order by id', [runId]);
  expect(rows.map(({ state }) => state)).toEqual(['start', 'end']);
  const run = await getRun(product.scope, runId);
  expect(run.output).toEqual({ value: 'nobody asked' });
  expect(Object.keys(run.nodes).sort()).toEqual(['end', 'start']);
  expect(run.graph.nodes.filter(({ disabled }) => disabled).map(({ id }) => id)).toEqual(['ask', 'each']);
  expect(await getWhyNotMoving(product.scope, runId)).toMatchObject({ summary: 'It has completed.' });
});

test('history says what steps of each node and whole runs cost and took lately', async () => {
  const pipelineId = await product.pipeline(
    graph('History', [output('end', '"x"'), output('never', '"y"')], ['start.fired>end', 'end.done>never']),
  );
  expect(await nodeHistory(product.scope, pipelineId)).toMatchObject({ models: {}, nodes: {}, runs: null });
  for (const cost of [100, 200, 300]) {
    const runId = await product.start(pipelineId);
    await product.until(runId, 'completed');
    await product.database.pool.query(
      `update step set cost_micros = $2::bigint, ended_at = started_at + $2::bigint * interval '1 millisecond' where run_id = $1 and state = 'end'`,
      [runId, cost],
    );
    await product.database.pool.query(`delete from step where run_id = $1 and state = 'never'`, [runId]);
    await product.database.pool.query('update run set spend_micros = $2 where id = $1', [runId, cost]);
  }
  const { nodes, runs } = await nodeHistory(product.scope, pipelineId);
  expect(nodes.end).toEqual({ samples: 3, p50Micros: 200, p90Micros: 280, p50Ms: 200, p90Ms: 280 });
  expect(Object.keys(nodes).sort()).toEqual(['end', 'start']);
  expect(runs).toEqual({ samples: 3, p50Micros: 200, p90Micros: 280 });
  await product.database.pool.query(
    `update run set pins = '{"end": {"outcome": "done", "output": {}}}' where pipeline_id = $1`,
    [pipelineId],
  );
  expect(Object.keys((await nodeHistory(product.scope, pipelineId)).nodes)).toEqual(['start']);
});

test('is read in a moment where there are 100,000 steps', { timeout: 60_000 }, async () => {
  const ids = Array.from({ length: 25 }, (_, n) => `n${n}`);
  const pipelineId = await product.pipeline(
    graph(
      'Many',
      ids.map((id) => output(id, '"x"')),
      ids.map((id, n) => (n === 0 ? `start.fired>${id}` : `${ids[n - 1]}.done>${id}`)),
    ),
  );
  const runId = await product.start(pipelineId);
  await product.until(runId, 'completed');
  await product.database.pool.query(
    `with made as (
       insert into run (project_id, pipeline_id, graph_id, program_id, ref, trigger, mode, status, input)
       select project_id, pipeline_id, graph_id, program_id, ref + n, trigger, mode, status, input
         from run, generate_series(1, 40) n where id = $1 returning id)
     insert into step (run_id, state, path, status, cost_micros, started_at, ended_at)
     select made.id, 'n' || state, 'each:' || item, 'done', 7, now(), now() + interval '9 milliseconds'
       from made, generate_series(0, 24) state, generate_series(1, 100) item`,
    [runId],
  );
  await product.database.pool.query('analyze run; analyze step');
  const tookMs: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const startedAt = performance.now();
    const { nodes } = await nodeHistory(product.scope, pipelineId);
    tookMs.push(performance.now() - startedAt);
    expect(nodes.n3).toMatchObject({ samples: 200, p50Micros: 7, p90Ms: 9 });
  }
  // The aim is 50 ms on an idle machine; the factor is for busy ones.
  expect(Math.min(...tookMs)).toBeLessThan(200);
  console.info(`History of 25 nodes over 100,000 steps: ${Math.min(...tookMs).toFixed(0)} ms`);
});
