import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { setPin } from '#server/pins/set-pin.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { saveDraft } from '#server/pipelines/save-draft.ts';
import { getRun } from '#server/runs/get-run.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { forkFrom, planFrom } from '#server/travel/fork-from.ts';
import { planOne } from './plan-one.ts';
import { startOne, startUntil } from './start-part.ts';

let product: TestProduct;
let outside: TestHttpServer;
let model: ModelServer;

beforeAll(async () => {
  [outside, model] = await Promise.all([httpServer(), modelServer()]);
  product = await testProduct({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'test', OPENAI_MODEL: 'gpt-4.1-mini' }, [
    outside.host,
  ]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
  await model.close();
});

const put = (id: string, url: string) => node(id, 'http.request', { method: 'PUT' }, { url });
const get = (id: string, url: string) => node(id, 'http.request', { method: 'GET' }, { url });
const at = (path: string) => JSON.stringify(`${outside.url}${path}`);
const asking = (id: string, prompt: string) => node(id, 'llm.generate', { output: { kind: 'text' } }, { prompt });
const letter = (name: string) =>
  graph(
    name,
    [
      put('register', at('/register')),
      asking('draft', '"Write."'),
      asking('polish', '"Polish: " + nodes.draft.text'),
      node('done', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: 'nodes.polish.text' }),
    ],
    ['start.fired>register', 'register.ok>draft', 'draft.ok>polish', 'polish.ok>done'],
  );

async function edit(pipelineId: string, change: (draft: GraphInput) => GraphInput): Promise<void> {
  const { pipeline } = await requirePipeline(product.scope, pipelineId);
  const draft = change(pipeline.draft as unknown as GraphInput);
  await saveDraft(product.scope, { pipelineId, revision: pipeline.draftRevision, graph: draft });
}
async function stepsOf(runId: string): Promise<Record<string, string>> {
  const { nodes } = await getRun(product.scope, runId);
  return Object.fromEntries(Object.entries(nodes).map(([id, { done }]) => [id, done > 0 ? 'done' : 'other']));
}
const acted = () => [outside.calls.length, model.calls.length];
const only = (pipelineId: string, nodeId: string, runId: string | null = null, path: string | null = null) => ({
  ...{ pipelineId, nodeId, runId, path },
  values: [] as { nodeId: string; outcome: string; output: Json }[],
});

describe('a run until a node', () => {
  test('does what leads there and nothing behind it, takes pins, and says what it is', async () => {
    const pipelineId = await product.pipeline(letter('Until'));
    await setPin(product.scope, {
      pipelineId,
      ...{ nodeId: 'register', outcome: 'ok', output: { status: 200, headers: {}, body: null } },
    });
    const before = acted();
    const wanted = { pipelineId, nodeId: 'draft', trigger: 'start', input: {}, requestKey: null };
    const { runId } = await startUntil(product.scope, wanted);
    await product.until(runId, 'completed');
    expect(await stepsOf(runId)).toEqual({ start: 'done', register: 'done', draft: 'done' });
    expect(acted()).toEqual([before[0], (before[1] ?? 0) + 1]);
    const run = await getRun(product.scope, runId);
    expect(run).toMatchObject({
      mode: 'test',
      version: null,
      part: { kind: 'until', nodeId: 'draft', title: 'Generate' },
    });
    expect(run.graph.nodes.map(({ id }) => id)).toContain('done');
  });

  test('refuses a trigger, a disabled node and one that is not there', async () => {
    const pipelineId = await product.pipeline(letter('Until what'));
    const until = (nodeId: string) =>
      startUntil(product.scope, { pipelineId, nodeId, trigger: 'start', input: {}, requestKey: null });
    await expect(until('start')).rejects.toThrow('starts runs');
    await expect(until('gone')).rejects.toThrow('has no node "gone"');
  });
});

describe('a run of one node', () => {
  test('takes what is before it from the run that is looked at: nothing of that acts or spends again', async () => {
    const pipelineId = await product.pipeline(letter('One'));
    const whole = await product.start(pipelineId);
    await product.until(whole, 'completed');
    const plan = await planOne(product.scope, only(pipelineId, 'polish', whole));
    expect(plan).toMatchObject({
      run: { runId: whole },
      answered: ['start', 'register', 'draft'],
      missing: [],
      writes: [],
    });
    const before = acted();
    const { runId } = await startOne(product.scope, { ...only(pipelineId, 'polish', whole), requestKey: null });
    await product.until(runId, 'completed');
    expect(acted()).toEqual([before[0], (before[1] ?? 0) + 1]);
    const run = await getRun(product.scope, runId);
    expect(run.part).toEqual({ kind: 'one', nodeId: 'polish', title: 'Generate' });
    const costs = Object.fromEntries(Object.entries(run.nodes).map(([id, { costMicros }]) => [id, costMicros]));
    expect(costs).toMatchObject({ register: 0, draft: 0 });
    expect(run.spendMicros).toBe(costs.polish);
  });

  test('that never ran says what is missing, and takes what the operator says', async () => {
    const pipelineId = await product.pipeline(letter('Never ran'));
    const wanted = only(pipelineId, 'polish');
    const plan = await planOne(product.scope, wanted);
    expect(plan.run).toBeNull();
    expect(plan.missing.map(({ nodeId }) => nodeId)).toEqual(['start', 'register', 'draft']);
    expect(plan.missing[2]).toMatchObject({
      message: 'It has not run yet.',
      outcomes: [{ name: 'ok', sample: { text: '' } }],
    });
    await expect(startOne(product.scope, { ...wanted, requestKey: null })).rejects.toThrow('It is not known what');
    const values = plan.missing.map(({ nodeId, outcomes }) => ({
      nodeId,
      outcome: outcomes[0]?.name ?? '',
      output: outcomes[0]?.sample ?? null,
    }));
    const before = acted();
    const { runId } = await startOne(product.scope, { ...wanted, values, requestKey: null });
    await product.until(runId, 'completed');
    expect(acted()).toEqual([before[0], (before[1] ?? 0) + 1]);
  });

  test('of a loop runs for the item that is looked at alone', async () => {
    const pipelineId = await product.pipeline(
      graph(
        'Of items',
        [
          put('first', at('/first')),
          node('each', 'flow.map', {}, { items: '["a", "b", "c"]', result: 'nodes.tell.status' }),
          get('ask', `${at('/ask/')} + item`),
          get('tell', `${at('/tell/')} + item + string(nodes.ask.status)`),
          node('done', 'output', { fields: [{ name: 'n', type: 'any' }] }, { n: 'nodes.each.succeeded' }),
        ],
        ['start.fired>first', 'first.ok>each', 'each.each>ask', 'ask.ok>tell', 'each.done>done'],
      ),
    );
    const whole = await product.start(pipelineId);
    await product.until(whole, 'completed');
    const told = () => outside.calls.filter(({ path }) => path.startsWith('/tell/')).map(({ path }) => path);
    const before = [outside.calls.length, told().length] as const;
    const wanted = only(pipelineId, 'tell', whole, 'each:1');
    expect(await planOne(product.scope, wanted)).toMatchObject({
      path: 'each:1',
      missing: [],
      writes: [],
      answered: ['start', 'first', 'each', 'ask'],
    });
    const { runId } = await startOne(product.scope, { ...wanted, requestKey: null });
    await product.until(runId, 'completed');
    expect(outside.calls.length).toBe(before[0] + 1);
    expect(told().slice(before[1])).toEqual(['/tell/b200']);
    // What follows the loop takes its result.
    const after = only(pipelineId, 'done', whole);
    expect(await planOne(product.scope, after)).toMatchObject({ missing: [], answered: ['start', 'first', 'each'] });
    const last = await startOne(product.scope, { ...after, requestKey: null });
    await product.until(last.runId, 'completed');
    expect((await getRun(product.scope, last.runId)).output).toEqual({ n: 3 });
    expect(outside.calls.length).toBe(before[0] + 1);
  });

  test('that acts is asked for again, whatever was approved before', async () => {
    const pipelineId = await product.pipeline(
      graph(
        'Gated',
        [node('approve', 'human.approval', {}, { proposal: '{"a": 1}' }), put('act', at('/act'))],
        ['start.fired>approve', 'approve.approved>act'],
      ),
    );
    const plan = await planOne(product.scope, {
      ...only(pipelineId, 'act'),
      values: [{ nodeId: 'start', outcome: 'fired', output: {} }],
    });
    expect(plan).toMatchObject({ asks: ['approve'], missing: [], writes: ['act'] });
    const { runId } = await startOne(product.scope, {
      ...only(pipelineId, 'act'),
      values: [{ nodeId: 'start', outcome: 'fired', output: {} }],
      requestKey: null,
    });
    await product.row(`select from step where run_id = $1 and state = 'approve' and status = 'waiting'`, [runId]);
    expect(outside.count('PUT', '/act')).toBe(0);
  });
});

describe('a run from a node', () => {
  test('goes on with the draft from there; what came before is taken over', async () => {
    const pipelineId = await product.pipeline(letter('From'));
    const whole = await product.start(pipelineId);
    await product.until(whole, 'completed');
    await edit(pipelineId, (draft) => ({
      ...draft,
      nodes: draft.nodes.map((each) =>
        each.id === 'polish' ? { ...each, inputs: { prompt: { kind: 'value', value: 'Differently.' } } } : each,
      ),
    }));
    const from = { runId: whole, nodeId: 'polish', path: '' };
    expect(await planFrom(product.scope, from)).toMatchObject({ ok: true, version: null, inherited: 3, writes: [] });
    const before = acted();
    const { runId } = await forkFrom(product.scope, { ...from, requestKey: null });
    await product.until(runId, 'completed');
    expect(acted()).toEqual([before[0], (before[1] ?? 0) + 1]);
    const run = await getRun(product.scope, runId);
    expect(run).toMatchObject({ mode: 'test', version: null, part: { kind: 'from', nodeId: 'polish' } });
    expect(run.lineage.forkedFrom?.runId).toBe(whole);
  });

  test('repeats nothing that ran beside it, and one item of a loop alone', async () => {
    const pipelineId = await product.pipeline(
      graph(
        'Beside',
        [
          put('beside', at('/beside')),
          node('each', 'flow.map', { concurrency: 1 }, { items: '["x", "y", "z"]', result: 'nodes.tell.status' }),
          get('ask', `${at('/q/')} + item`),
          get('tell', `${at('/t/')} + item`),
          node('done', 'output', { fields: [{ name: 'n', type: 'any' }] }, { n: 'nodes.each.succeeded' }),
        ],
        ['start.fired>beside', 'start.fired>each', 'each.each>ask', 'ask.ok>tell', 'each.done>done'],
      ),
    );
    const whole = await product.start(pipelineId);
    await product.until(whole, 'completed');
    const before = outside.calls.length;
    const { runId } = await forkFrom(product.scope, { runId: whole, nodeId: 'tell', path: 'each:1', requestKey: null });
    await product.until(runId, 'completed');
    expect(outside.calls.slice(before).map(({ path }) => path)).toEqual(['/t/y']);
    expect((await getRun(product.scope, runId)).output).toEqual({ n: 3 });
  });

  test('says why it cannot: the draft has something new before it, or the run did not come there', async () => {
    const pipelineId = await product.pipeline(letter('Not from'));
    const whole = await product.start(pipelineId);
    await product.until(whole, 'completed');
    await edit(pipelineId, (draft) => ({
      ...draft,
      nodes: [...draft.nodes, asking('extra', '"More."')],
      edges: [
        ...draft.edges.filter(({ to }) => to !== 'draft'),
        { id: 'n1', from: 'register', outcome: 'ok', to: 'extra' },
        { id: 'n2', from: 'extra', outcome: 'ok', to: 'draft' },
      ],
    }));
    const from = { runId: whole, nodeId: 'polish', path: '' };
    const plan = await planFrom(product.scope, from);
    expect(plan.ok).toBe(false);
    expect(plan.problems.map(({ message }) => message).join()).toContain('begins after "extra" now');
    await expect(forkFrom(product.scope, { ...from, requestKey: null })).rejects.toThrow('cannot go on on the draft');
    await expect(planFrom(product.scope, { ...from, nodeId: 'extra' })).rejects.toThrow('did not have "extra"');
  });
});
