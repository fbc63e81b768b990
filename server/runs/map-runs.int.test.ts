import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Operator } from '#server/api/context.ts';
import { handWorker, type Reply } from '#server/api/testing/drive.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { query } from '#server/db/pool.ts';

let world: World;
let operator: Operator;
let projectId: string;
let pipelineId: string;
let worker: Awaited<ReturnType<typeof handWorker>>;

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
/** For each name: a step that saves it. */
const overNames: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Over names',
  nodes: [
    { id: 'hook', type: 'trigger.webhook', version: 1 },
    {
      id: 'each',
      type: 'flow.map',
      version: 1,
      config: { maxItems: 1000, concurrency: 50, onItemError: 'collect' },
      inputs: { items: { kind: 'value', value: [] } },
    },
    {
      id: 'save',
      type: 'entity.upsert',
      version: 1,
      title: 'Save customer',
      config: { entityType: 'customer' },
      inputs: { key: expr('string(index)'), data: { kind: 'value', value: {} } },
    },
  ],
  edges: [
    { id: 'e1', from: 'hook', outcome: 'fired', to: 'each' },
    { id: 'e2', from: 'each', outcome: 'each', to: 'save' },
  ],
};

const failure = { code: 'OUTPUT_INVALID', message: 'The key is empty.' } as const;
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ id: n, companyName: `Company ${n}` }));
const reply =
  (count: number) =>
  (step: { state: string; path: string; decision: { kind: string } | null }): Reply => {
    if (step.state === 'hook') return { kind: 'done', outcome: 'fired', output: {} };
    if (step.state === 'each')
      return step.decision?.kind === 'items-done'
        ? { kind: 'done', outcome: 'done', output: { items: [], succeeded: count - 1, failed: 1 } }
        : { kind: 'map', items: items(count), concurrency: 50 };
    if (step.path === 'each:1') return { kind: 'failed', failure, retryInMs: null };
    return { kind: 'done', outcome: 'ok', output: {} };
  };

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
  worker = await handWorker();
  ({ projectId } = await world.project(operator));
  pipelineId = (await api().pipelines.create({ projectId, name: 'Over names', graph: overNames })).id;
});
afterAll(async () => await world.close());

const api = () => world.as(operator);
async function start(count: number): Promise<string> {
  const input = { body: null, headers: {}, query: {}, receivedAt: 0 };
  const asked = { projectId, pipelineId, source: 'draft', trigger: 'hook', requestKey: null } as const;
  const { runId } = await api().runs.start({ ...asked, input });
  await worker.work(runId, reply(count));
  return runId;
}

describe('a run over many items', () => {
  test('adds its steps up by node', async () => {
    const runId = await start(5);
    const run = await api().runs.get({ projectId, runId });
    expect(run).toMatchObject({
      status: 'completed',
      nodes: {
        each: { done: 1, map: { total: 5, finished: 5, failed: 1 } },
        save: { done: 4, failed: 1, attempts: 5, outcomes: { ok: 4 }, failure, lastEndedAt: expect.any(Number) },
      },
    });
    expect(Object.keys(run.nodes).sort()).toEqual(['each', 'hook', 'save']);
  });

  test('names the item that each step works on', async () => {
    const runId = await start(5);
    const first = await api().runs.steps({ projectId, runId, state: 'save', limit: 3 });
    expect(first.items.map(({ path, label }) => [path, label])).toEqual([
      ['each:0', 'Company 0'],
      ['each:1', 'Company 1'],
      ['each:2', 'Company 2'],
    ]);
    const rest = await api().runs.steps({ projectId, runId, state: 'save', cursor: first.next ?? '' });
    expect(rest).toMatchObject({ items: [{ path: 'each:3' }, { path: 'each:4' }], next: null });
  });

  test('tells what broke although the run went on', async () => {
    const { broke } = await api().today.get({ projectId });
    expect(broke[0]).toMatchObject({
      pipelineName: 'Over names',
      state: 'save',
      title: 'Save customer',
      failure: { code: 'OUTPUT_INVALID', message: '1 of 5 items failed. The first: The key is empty.' },
    });
  });

  test('shows the first 500 steps in time and counts the others', async () => {
    const runId = await start(600);
    const timeline = await api().runs.timeline({ projectId, runId });
    expect(timeline.rows).toHaveLength(500);
    expect(timeline.rows[0]).toMatchObject({
      state: 'hook',
      attempts: [{ attempt: 1, result: 'done', failure: null }],
    });
    expect(timeline).toMatchObject({ rest: [{ state: 'save', steps: 102 }], restSteps: 102 });
  });

  test('estimates a step by what the same node cost before, the newest 200', async () => {
    const { runId: last } = { runId: await start(3) };
    await query(`update step set cost_micros = 0 where state = 'save'`);
    await query(
      `update step set cost_micros = 1000 + split_part(path, ':', 2)::int where state = 'save' and run_id = $1`,
      [last],
    );
    const { estimate } = await api().runs.step({ projectId, runId: last, state: 'save', path: 'each:0' });
    expect(estimate).toEqual({ p50Micros: 0, p90Micros: 0, samples: 200 });
    const { items: runs } = await api().runs.list({ projectId });
    for (const { id } of runs) if (id !== last) await query('delete from run where id = $1', [id]);
    const again = await api().runs.step({ projectId, runId: last, state: 'save', path: 'each:0' });
    expect(again.estimate).toEqual({ p50Micros: 1002, p90Micros: 1002, samples: 1 });
  });
});
