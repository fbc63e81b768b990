import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Operator } from '#server/api/context.ts';
import { handWorker, type Reply } from '#server/api/testing/drive.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';

let world: World;
let operator: Operator;
let projectId: string;
let pipelineId: string;
let worker: Awaited<ReturnType<typeof handWorker>>;

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const graph: GraphInput = {
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
      config: { entityType: 'customer' },
      inputs: { key: expr('string(index)'), data: { kind: 'value', value: {} } },
    },
  ],
  edges: [
    { id: 'e1', from: 'hook', outcome: 'fired', to: 'each' },
    { id: 'e2', from: 'each', outcome: 'each', to: 'save' },
  ],
};

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
  worker = await handWorker();
  ({ projectId } = await world.project(operator));
  pipelineId = (await api().pipelines.create({ projectId, name: 'Over names', graph })).id;
});
afterAll(async () => await world.close());

const api = () => world.as(operator);
const names = ['Chai', 'Chang', 'Aniseed'];
const reply =
  (body: string) =>
  (step: { state: string; path: string; decision: { kind: string } | null }): Reply => {
    if (step.state === 'hook') return { kind: 'done', outcome: 'fired', output: { body } };
    if (step.state === 'each')
      return step.decision?.kind === 'items-done'
        ? { kind: 'done', outcome: 'done', output: { items: [], succeeded: 3, failed: 0 } }
        : { kind: 'map', items: names, concurrency: 50 };
    return { kind: 'done', outcome: 'ok', output: { id: step.path } };
  };
async function start(body = 'hello'): Promise<string> {
  const input = { body, headers: {}, query: {}, receivedAt: 0 };
  const asked = { projectId, pipelineId, source: 'draft', trigger: 'hook', requestKey: null } as const;
  return (await api().runs.start({ ...asked, input })).runId;
}
const valuesOf = (more: { runId?: string; reads?: string[]; around?: string[]; items?: number[] } = {}) =>
  api().runs.scopeValues({ projectId, pipelineId, runId: null, reads: [], around: [], items: [], ...more });

describe('the values that a field can read in a run', () => {
  test('are none before there is a run', async () => {
    expect(await valuesOf({ reads: ['hook'] })).toBeNull();
  });

  test('are the input, the outputs of nodes, and the item that is chosen', async () => {
    const runId = await start();
    await worker.work(runId, reply('hello'));
    const found = await valuesOf({ runId, reads: ['hook', 'save', 'later'], around: ['each'], items: [1] });
    expect(found).toMatchObject({
      run: { id: runId, ref: 1, input: { body: 'hello' }, spendMicros: 0 },
      nodes: { hook: { body: 'hello' }, each: { item: 'Chang', index: 1 }, save: { id: 'each:1' } },
      item: { value: 'Chang', index: 1, total: 3 },
      leftOut: {},
      unknown: ['later'],
    });
    expect((await valuesOf({ runId, around: ['each'], items: [9] }))?.item).toBeNull();
  });

  test('come from the newest run that has what is read, where none is named', async () => {
    const before = await start();
    await worker.work(before, reply('older'));
    await start();
    expect((await valuesOf({ reads: ['hook'] }))?.run.id).toBe(before);
  });

  test('leave out what is too large to look at', async () => {
    const runId = await start('x'.repeat(400_000));
    await worker.work(runId, reply('y'.repeat(400_000)));
    const found = await valuesOf({ runId, reads: ['hook'] });
    expect(found).toMatchObject({ run: { input: {} }, nodes: {}, leftOut: { hook: 'large', 'run.input': 'large' } });
  });
});
