import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#server/api/context.ts';
import { handWorker } from '#server/api/testing/drive.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { greet } from '#server/api/testing/replies.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import type { Scope } from '#server/db/scoped.ts';
import { getRunReport } from './report.ts';

let world: World;
let operator: Operator;
let scope: Scope;
let worker: Awaited<ReturnType<typeof handWorker>>;
let pipelineId: string;

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
  worker = await handWorker();
});
beforeEach(async () => {
  scope = await world.project(operator);
  const { id } = await api().pipelines.create({ projectId: scope.projectId, name: 'Greeting', graph: greeting() });
  pipelineId = id;
});
afterAll(async () => await world.close());

const api = () => world.as(operator);
const start = (more: { input?: object; requestKey?: string; trigger?: string; source?: 'draft' | 'published' } = {}) =>
  api().runs.start({
    projectId: scope.projectId,
    pipelineId,
    source: 'draft',
    trigger: 'start',
    requestKey: null,
    ...more,
    input: (more.input ?? { person: 'Ann' }) as { person: string },
  });
const get = (runId: string) => api().runs.get({ projectId: scope.projectId, runId });

describe('starting a run', () => {
  test('queues it with the defaults of the form filled in', async () => {
    const { runId, ref } = await start();
    expect(ref).toBe(1);
    expect(await get(runId)).toMatchObject({
      status: 'queued',
      mode: 'test',
      version: null,
      trigger: 'start',
      input: { person: 'Ann', days: 30 },
      nodes: { start: { ready: 1, done: 0 } },
    });
  });

  test('refuses an input that does not fit, naming the field', async () => {
    await expect(start({ input: { person: 7 } })).rejects.toThrow(/Person \(person\) must be text/);
    await expect(start({ input: {} })).rejects.toThrow(/Person \(person\) is required/);
  });

  test('refuses a file that is not in the project', async () => {
    const graph = greeting();
    const [trigger] = graph.nodes;
    if (trigger) trigger.config = { fields: [{ name: 'person' }, { name: 'list', type: 'file' }] };
    const { id } = await api().pipelines.create({ projectId: scope.projectId, name: 'With a file', graph });
    const list = { kind: 'file', id: crypto.randomUUID(), name: 'leads.csv', mime: 'text/csv', bytes: 3 };
    const asked = { projectId: scope.projectId, pipelineId: id, source: 'draft', trigger: 'start' } as const;
    await expect(api().runs.start({ ...asked, input: { person: 'Ann', list }, requestKey: null })).rejects.toThrow(
      /list: the file "leads.csv" is not in this project/,
    );
  });

  test('names the triggers that there are where it is given another one', async () => {
    await expect(start({ trigger: 'nope' })).rejects.toThrow(/no trigger "nope". It has: start/);
  });

  test('refuses a graph with errors and lists them', async () => {
    const graph = { ...greeting(), edges: [] };
    const { id } = await api().pipelines.create({ projectId: scope.projectId, name: 'Broken', graph });
    const refused = api().runs.start({
      projectId: scope.projectId,
      pipelineId: id,
      source: 'draft',
      trigger: 'start',
      input: { person: 'Ann' },
      requestKey: null,
    });
    await expect(refused).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      cause: {
        code: 'COMPILE_FAILED',
        details: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'UNREACHABLE_NODE' })]) },
      },
    });
  });

  test('refuses a pipeline that is disabled, for a test run as well', async () => {
    await api().pipelines.setEnabled({ projectId: scope.projectId, pipelineId, enabled: false });
    await expect(start()).rejects.toMatchObject({ cause: { code: 'PIPELINE_DISABLED' } });
  });

  test('by the same request twice starts one run', async () => {
    const first = await start({ requestKey: 'click-12345' });
    expect(await start({ requestKey: 'click-12345' })).toEqual(first);
    expect((await api().runs.list({ projectId: scope.projectId })).items).toHaveLength(1);
  });

  test('of the published version pins what was published, whatever the draft says', async () => {
    await expect(start({ source: 'published' })).rejects.toMatchObject({ cause: { code: 'NOT_PUBLISHED' } });
    const published = await api().pipelines.publish({ projectId: scope.projectId, pipelineId, revision: 1 });
    await api().pipelines.saveDraft({ projectId: scope.projectId, pipelineId, revision: 1, graph: greeting('Other') });
    const run = await get((await start({ source: 'published' })).runId);
    expect(run).toMatchObject({ mode: 'production', version: 1, programHash: published.programHash });
    expect(run.graph.name).toBe('Greeting');
  });
});

describe('a run', () => {
  test('tells what it waits for, node by node', async () => {
    const { runId } = await start();
    await worker.work(runId, greet);
    expect(await get(runId)).toMatchObject({
      status: 'waiting',
      waitingFor: ['approval'],
      nodes: {
        start: { done: 1, outcomes: { fired: 1 } },
        approve: { waiting: 1, waitingFor: { kind: 'approval' }, attempts: 1, lastPath: '' },
      },
    });
  });

  test('shows a step with its values, attempts and what it read', async () => {
    const { runId } = await start();
    await worker.work(runId, greet);
    const { projectId } = scope;
    const step = await api().runs.step({ projectId, runId, state: 'approve', path: '' });
    expect(step).toMatchObject({ status: 'waiting', attempts: [{ attempt: 1 }], task: { status: 'open' } });
    const [task] = await api().inbox.list({ projectId, status: 'open' });
    const { token } = await api().inbox.get({ projectId, taskId: task?.id ?? '' });
    await api().inbox.decide({ projectId, taskId: task?.id ?? '', token, decision: 'approve' });
    await worker.work(runId, greet);
    const send = await api().runs.step({ projectId, runId, state: 'send', path: '' });
    expect(send.upstream).toMatchObject([{ state: 'approve', path: '', output: { body: 'Dear Ann' } }]);
    expect(send).toMatchObject({ status: 'done', outcome: 'sent', output: { messageId: 'm1' }, estimate: null });
  });

  test('can be cancelled once', async () => {
    const { runId } = await start();
    expect(await api().runs.cancel({ projectId: scope.projectId, runId })).toEqual({ runId, cancelled: true });
    expect(await api().runs.cancel({ projectId: scope.projectId, runId })).toEqual({ runId, cancelled: false });
    expect(await get(runId)).toMatchObject({ status: 'cancelled', nodes: { start: { cancelled: 1 } } });
  });

  test('is reported for the command line with every step', async () => {
    const { runId } = await start();
    await worker.work(runId, greet);
    expect(await getRunReport(scope, runId)).toMatchObject({
      runId,
      status: 'waiting',
      output: null,
      spendMicros: 0,
      steps: [
        { stateId: 'start', path: '', attempt: 1, status: 'done', outcome: 'fired', costMicros: 0 },
        { stateId: 'approve', status: 'waiting', outcome: null, waitingFor: { kind: 'approval' }, endedAt: null },
      ],
    });
  });

  test('is listed newest first, page by page', async () => {
    for (let n = 0; n < 3; n += 1) await start();
    const first = await api().runs.list({ projectId: scope.projectId, limit: 2 });
    expect(first.items.map((run) => run.ref)).toEqual([3, 2]);
    const second = await api().runs.list({ projectId: scope.projectId, limit: 2, cursor: first.next ?? '' });
    expect(second).toMatchObject({ items: [{ ref: 1 }], next: null });
  });
});
