import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GraphInput, graphSchema } from '#nodes/core/graph.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { getRunReport, type RunReport } from '#server/runs/report.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

let database: TestDatabase;
let worker: WorkerProcess;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase();
  worker = await workerProcess(database.pool, { DATABASE_URL: database.url, CHROMA_URL: testChromaUrl() });
  scope = scopeOf((await ensureFirstProject()).id, 'test');
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await database.close();
});

type Nodes = GraphInput['nodes'];
const edge = (from: string, outcome: string, to: string) => ({ id: `${from}.${outcome}.${to}`, from, outcome, to });
const expr = (text: string) => ({ kind: 'expr' as const, expr: text });

async function run(nodes: Nodes, edges: GraphInput['edges']): Promise<{ runId: string; report: RunReport }> {
  const trigger = { id: 'start', type: 'trigger.manual', version: 1 };
  const name = `Test ${Math.random()}`;
  const graph = graphSchema.parse({ format: 'solograph/graph', version: 1, name, nodes: [trigger, ...nodes], edges });
  const { id: pipelineId } = await createPipeline(scope, { name, graph });
  const { runId } = await startRun(scope, {
    pipelineId,
    source: 'draft',
    trigger: 'start',
    input: {},
    requestKey: null,
  });
  for (;;) {
    const report = await getRunReport(scope, runId);
    if (['completed', 'failed', 'cancelled', 'waiting'].includes(report.status)) return { runId, report };
    await sleep(20);
  }
}

/** The second of two runs: by then the worker has loaded the node types, which takes longer than steps are done ahead for. */
async function runWarm(nodes: Nodes, edges: GraphInput['edges']): Promise<{ runId: string; report: RunReport }> {
  await run(nodes, edges);
  return await run(nodes, edges);
}

async function commitsOf(runId: string): Promise<string[][]> {
  const { rows } = await database.pool.query<{ kinds: string[] }>(
    `select array(select e->>'kind' from jsonb_array_elements(events) e) as kinds from run_event where run_id = $1 order by seq`,
    [runId],
  );
  return rows.map(({ kinds }) => kinds);
}

test('pure steps that follow each other are one commit, each a step and an event of its own', async () => {
  const ids = ['a', 'b', 'c', 'd'];
  const { runId, report } = await runWarm(
    ids.map((id) => ({ id, type: 'flow.join', version: 1 })),
    [edge('start', 'fired', 'a'), edge('a', 'done', 'b'), edge('b', 'done', 'c'), edge('c', 'done', 'd')],
  );
  expect(report.status).toBe('completed');
  expect(report.steps.map(({ stateId, status, attempt }) => [stateId, status, attempt])).toEqual(
    ['start', ...ids].map((id) => [id, 'done', 1]),
  );
  expect(await commitsOf(runId)).toEqual([
    ['run.queued'],
    ['run.started', ...Array(5).fill('step.done'), 'run.completed'],
  ]);
});

test('branches that meet are counted in memory, also those that were not taken', async () => {
  const { runId, report } = await runWarm(
    [
      { id: 'choose', type: 'flow.branch', version: 1, inputs: { condition: expr('1 < 2') } },
      { id: 'left', type: 'flow.join', version: 1 },
      { id: 'right', type: 'flow.join', version: 1 },
      { id: 'side', type: 'flow.join', version: 1 },
      { id: 'meet', type: 'flow.join', version: 1, config: { mode: 'all' } },
    ],
    [
      edge('start', 'fired', 'choose'),
      edge('start', 'fired', 'side'),
      edge('choose', 'true', 'left'),
      edge('choose', 'false', 'right'),
      edge('left', 'done', 'meet'),
      edge('right', 'done', 'meet'),
      edge('side', 'done', 'meet'),
    ],
  );
  expect(report.status).toBe('completed');
  expect(report.steps.map(({ stateId }) => stateId).sort()).toEqual(['choose', 'left', 'meet', 'side', 'start']);
  expect(await commitsOf(runId)).toHaveLength(2);
  expect((await database.pool.query('select from join_count where run_id = $1', [runId])).rowCount).toBe(0);
});

test('a map whose body is pure is one commit, with every item and its result', async () => {
  const { runId, report } = await runWarm(
    [
      {
        id: 'each',
        type: 'flow.map',
        version: 1,
        inputs: { items: expr('[1, 2, 3]'), result: expr('nodes.double.twice') },
      },
      {
        id: 'double',
        type: 'output',
        version: 1,
        config: { fields: [{ name: 'twice', type: 'integer' }] },
        inputs: { twice: expr('item * 2') },
      },
    ],
    [edge('start', 'fired', 'each'), edge('each', 'each', 'double')],
  );
  expect(report.status).toBe('completed');
  expect(report.steps.filter(({ stateId }) => stateId === 'double').map(({ path }) => path)).toEqual([
    'each:0',
    'each:1',
    'each:2',
  ]);
  const { rows } = await database.pool.query(
    `select i.index, i.value, i.outcome, i.result from map_item i join step s on s.id = i.step_id where s.run_id = $1 order by 1`,
    [runId],
  );
  expect(rows).toEqual([1, 2, 3].map((value, index) => ({ index, value, outcome: 'ok', result: value * 2 })));
  expect(await commitsOf(runId)).toHaveLength(2);
});

test('an item that fails is collected all the same, by the way through the database', async () => {
  const { report } = await run(
    [
      {
        id: 'each',
        type: 'flow.map',
        version: 1,
        config: { onItemError: 'collect' },
        inputs: { items: expr('[0, 9, 1]') },
      },
      {
        id: 'share',
        type: 'output',
        version: 1,
        config: { fields: [{ name: 'part', type: 'integer' }] },
        inputs: { part: expr('[5, 6, 7][item]') },
      },
    ],
    [edge('start', 'fired', 'each'), edge('each', 'each', 'share')],
  );
  expect(report.status).toBe('completed');
  expect(
    report.steps
      .filter(({ stateId }) => stateId === 'share')
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['done', 'done', 'failed']);
});

test('what waits for the operator is stored before it is asked, although it was come to in memory', async () => {
  const { runId, report } = await run(
    [
      { id: 'first', type: 'flow.join', version: 1 },
      { id: 'ask', type: 'human.approval', version: 1, config: { title: 'Agree?' } },
    ],
    [edge('start', 'fired', 'first'), edge('first', 'done', 'ask')],
  );
  expect(report.status).toBe('waiting');
  expect(report.steps.map(({ stateId, status }) => [stateId, status])).toEqual([
    ['start', 'done'],
    ['first', 'done'],
    ['ask', 'waiting'],
  ]);
  expect((await database.pool.query('select from task where run_id = $1', [runId])).rowCount).toBe(1);
});
