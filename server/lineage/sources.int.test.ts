import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { addItems } from '#server/memory/items.ts';
import { setPin } from '#server/pins/set-pin.ts';
import { applyRetention } from '#server/retention/apply-retention.ts';
import { startOne } from '#server/runs/part/start-part.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type ModelReply, type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { forkRun } from '#server/travel/fork-run.ts';
import { listCheckpoints } from '#server/travel/list-checkpoints.ts';
import { retryFailed } from '#server/travel/retry-failed.ts';
import { rewindRun } from '#server/travel/rewind-run.ts';
import { valueAt } from '#server/travel/value-at.ts';
import { putValue } from '#server/working/put-value.ts';
import { getLineage } from './get-lineage.ts';
import type { Lineage, LineageEdge, LineageNode } from './types.ts';

let product: TestProduct;
let outside: TestHttpServer;
let model: ModelServer;
/** How often the outside answers that it is broken. */
let broken = 0;

/** Looks a thing up, notes it, then answers; without tools it numbers its letters. */
function answer({ messages, tools }: JsonObject): ModelReply {
  if (!tools) return { kind: 'text', text: `Letter ${model.calls.length}` };
  const told = (messages as { role: string }[]).filter(({ role }) => role === 'tool').length;
  const call = (name: string) => ({ id: name, name, arguments: JSON.stringify({ text: 'Chai' }) });
  if (told < 2) return { kind: 'tools', calls: [call(told === 0 ? 'look' : 'note')] };
  return { kind: 'text', text: 'It is looked up and noted.' };
}

beforeAll(async () => {
  model = await modelServer();
  model.answer(answer);
  outside = await httpServer(() => {
    broken -= 1;
    return { status: broken >= 0 ? 500 : 200, body: {} };
  });
  product = await testProduct({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: model.url }, [outside.host]);
}, 60_000);
afterAll(async () => {
  await product.close();
  await outside.close();
  await model.close();
});

const output = (expr: string) => node('out', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: expr });
const drafting = (name: string) =>
  graph(
    name,
    [
      node('start', 'trigger.manual', { fields: [{ name: 'to', type: 'text' }] }),
      node('draft', 'llm.generate', { output: { kind: 'text' } }, { prompt: '"Write to " + run.input.to' }),
      node(
        'approve',
        'human.approval',
        { fields: [{ name: 'text', type: 'multiline', editable: true }] },
        {
          text: 'nodes.draft.text',
        },
      ),
      output('nodes.approve.text'),
    ],
    ['start.fired>draft', 'draft.ok>approve', 'approve.approved>out'],
  );

async function approve(runId: string, value: JsonObject | null = null): Promise<void> {
  const task = await product.row<{ id: string; token: string }>(
    `select id, token from task where run_id = $1 and status = 'open'`,
    [runId],
  );
  const { id: taskId, token } = task;
  await decideTask(product.scope, { taskId, token, decision: 'approve', reason: '', ...(value ? { value } : {}) });
  await product.until(runId, 'completed');
}
async function seqOf(runId: string, state: string): Promise<number> {
  const { items } = await listCheckpoints(product.scope, { runId, limit: 500 });
  return items.find((row) => row.state === state)?.seq ?? 0;
}

const lineageOf = async (runId: string, state = 'out', pointer = ''): Promise<Lineage> => {
  const lineage = await getLineage(product.scope, { runId, state, path: '', of: 'output', pointer });
  expect(hasCycle(lineage)).toBe(false);
  return lineage;
};
type Kind = LineageNode['kind'];
const all = <K extends Kind>({ nodes }: Lineage, kind: K) =>
  nodes.filter((one): one is Extract<LineageNode, { kind: K }> => one.kind === kind);
const steps = (lineage: Lineage, runId: string) =>
  all(lineage, 'step').flatMap(({ at }) => (at.runId === runId ? [`${at.state}${at.path && `@${at.path}`}`] : []));
const to = ({ edges }: Lineage, id: string, kind: LineageEdge['kind']) =>
  edges.filter((edge) => edge.from === id && edge.kind === kind).map((edge) => edge.to);
const reasons = (lineage: Lineage, id: string) => {
  const found = new Set(to(lineage, id, 'because'));
  return lineage.nodes.filter((one) => found.has(one.id)).map(({ id: _, ...reason }) => reason);
};

const people = (lineage: Lineage, id: string) => reasons(lineage, id).filter(({ kind }) => kind === 'person');

function hasCycle({ nodes, edges }: Lineage): boolean {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): boolean => {
    if (state.has(id)) return state.get(id) === 'open';
    state.set(id, 'open');
    const found = edges.some((edge) => edge.from === id && visit(edge.to));
    state.set(id, 'done');
    return found;
  };
  return nodes.some(({ id }) => visit(id));
}

// Each has pipelines of its own: side by side they wait together.
test.concurrent('what an agent says leads to each turn of its model, and to what each tool call recalled or did', async () => {
  await addItems(product.database.pool, product.scope.projectId, [
    { text: 'Chai costs eighteen.', kind: 'note', tier: 'knowledge', source: 'prices', untrusted: false },
  ]);
  const parameters = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
  const tool = (name: string) => ({ name, description: name, parameters });
  const cases = ['look', 'note'].map((name) => ({ name, when: `value == "${name}"` }));
  const runId = await product.start(
    await product.pipeline(
      graph(
        'Agent',
        [
          node('start', 'trigger.manual', { fields: [{ name: 'aim', type: 'text' }] }),
          node(
            'helper',
            'agent',
            { tools: [tool('look'), tool('note')] },
            {
              prompt: 'run.input.aim',
              result: 'nodes.?recall.?text.orValue("noted " + string(item.arguments["text"]))',
            },
          ),
          node('which', 'flow.switch', { cases }, { value: 'item.tool' }),
          node('recall', 'memory.recall', {}, { query: 'string(item.arguments["text"])' }),
          node('keep', 'memory.remember', {}, { text: 'string(item.arguments["text"])' }),
          output('nodes.helper.text'),
        ],
        ['start.fired>helper', 'helper.each>which', 'which.look>recall', 'which.note>keep', 'helper.done>out'],
      ),
    ),
    { aim: 'Find out and note it' },
  );
  await product.until(runId, 'completed');
  const lineage = await lineageOf(runId);
  const turns = reasons(lineage, `step:${runId}:helper:`).map(({ kind }) => kind);
  expect(turns).toEqual(['prompt', 'model', 'prompt', 'model', 'prompt', 'model']);
  expect(to(lineage, `result:${runId}:helper::0:`, 'reads')).toContain(`output:${runId}:recall:helper:0:/text`);
  expect(all(lineage, 'document').map(({ source }) => source)).toContain('prices');
  expect(to(lineage, `result:${runId}:helper::1:`, 'did')).toEqual([`step:${runId}:keep:helper:1`]);

  const second = `step:${runId}:helper::items:2`;
  expect(to(lineage, second, 'because').sort()).toEqual([
    `model:step:${runId}:helper::3`,
    `prompt:step:${runId}:helper::2`,
  ]);
  expect(to(lineage, second, 'reads').sort()).toEqual([`result:${runId}:helper::0:`, `run-input:${runId}:/aim`]);
  expect(to(lineage, `step:${runId}:helper::items:1`, 'reads')).toEqual([`run-input:${runId}:/aim`]);

  await product.database.pool.query(`update run set ended_at = now() - interval '400 days' where id = $1`, [runId]);
  await applyRetention(product.database.pool);
  expect((await lineageOf(runId)).edges).toEqual(lineage.edges);
});

test.concurrent('what a person put in at an approval leads to that person, and to what it was before', async () => {
  const runId = await product.start(await product.pipeline(drafting('Edited')), { to: 'Ann' });
  await approve(runId, { text: 'As I want it' });
  const lineage = await lineageOf(runId, 'out', '/text');
  expect(lineage.nodes[0]).toMatchObject({ id: lineage.root, preview: 'As I want it' });
  expect(people(lineage, `step:${runId}:approve:`)).toMatchObject([
    { kind: 'person', by: 'operator', decision: 'approved', edited: true, taskId: expect.any(String) },
  ]);
  expect(to(lineage, `step:${runId}:approve:`, 'reads')).toEqual([`output:${runId}:draft::/text`]);
});

test.concurrent('what a fork took over leads back into the run that it was forked from, also where a person edited it', async () => {
  const runId = await product.start(await product.pipeline(drafting('Forked')), { to: 'Ann' });
  await approve(runId);
  const fork = async (seq: number, edits: { state: string; path: string; output: Json }[], input?: Json) => {
    const wanted = { runId, seq, edits, version: 'same' as const, requestKey: null, input };
    const forked = await forkRun(product.scope, wanted);
    await product.until(forked.runId, 'completed');
    return forked.runId;
  };
  const same = await fork(await seqOf(runId, 'approve'), []);
  const lineage = await lineageOf(same);
  expect(steps(lineage, same).sort()).toEqual(['approve', 'out']);
  expect(steps(lineage, runId).sort()).toEqual(['approve', 'draft']);
  expect(to(lineage, `step:${same}:approve:`, 'took').sort()).toEqual([
    `output:${runId}:approve::/text`,
    `step:${runId}:approve:`,
  ]);
  expect(reasons(lineage, `step:${same}:approve:`)).toEqual([]);
  expect(people(lineage, `step:${runId}:approve:`)).toMatchObject([{ taskId: expect.any(String) }]);
  expect(all(lineage, 'model')).toHaveLength(1);
  expect(all(lineage, 'run').map((run) => run.runId)).toEqual([runId]);
  expect(lineage.runs.find((run) => run.runId === same)?.forkedFrom).toBe(runId);

  const seq = await seqOf(runId, 'approve');
  const { output: given } = await valueAt(product.scope, { runId, seq, state: 'approve', path: '' });
  const mine = { state: 'approve', path: '', output: { ...(given as JsonObject), text: 'Mine' } };
  const edited = await lineageOf(await fork(seq, [mine]));
  const own = all(edited, 'step').find(({ inherited }) => inherited)?.id ?? '';
  expect(reasons(edited, own)).toMatchObject([{ kind: 'person', by: 'operator', decision: 'edited for a fork' }]);
  expect(to(edited, own, 'took')).toContain(`output:${runId}:approve::/text`);

  // Once the first run went back behind it, the fork stands on what it took along.
  await rewindRun(product.scope, { runId, seq: await seqOf(runId, 'start') });
  await product.row(`select from step where run_id = $1 and state = 'approve' and status = 'waiting'`, [runId]);
  const alone = await lineageOf(same);
  expect(steps(alone, same).sort()).toEqual(['approve', 'draft', 'out']);
  expect(people(alone, `step:${same}:approve:`)).toMatchObject([{ by: 'operator' }]);
});

test.concurrent('what was started anew with another input for a fork leads to who put that in', async () => {
  const runId = await product.start(await product.pipeline(drafting('Other')), { to: 'Ann' });
  await product.row(`select from step where run_id = $1 and state = 'approve' and status = 'waiting'`, [runId]);
  const seq = await seqOf(runId, 'start');
  const wanted = { runId, seq, edits: [], input: { to: 'Bob' }, version: 'same' as const, requestKey: null };
  const forked = (await forkRun(product.scope, wanted)).runId;
  await approve(forked);
  const lineage = await lineageOf(forked);
  expect(reasons(lineage, `run-input:${forked}:/to`)).toMatchObject([{ kind: 'person', edited: true }]);
  expect(all(lineage, 'run').map((run) => run.runId)).toEqual([forked]);
});

test.concurrent('what was pinned says so, by whom and when, and not that the node made it', async () => {
  const pipelineId = await product.pipeline(drafting('Pinned'));
  const before = Date.now();
  await setPin(product.scope, { pipelineId, nodeId: 'draft', outcome: 'ok', output: { text: 'Pinned text' } });
  const runId = await product.start(pipelineId, { to: 'Ann' }, 'draft');
  await approve(runId);
  const lineage = await lineageOf(runId);
  const [pinned, ...others] = reasons(lineage, `step:${runId}:draft:`);
  expect(pinned).toMatchObject({ kind: 'pinned', by: 'operator', at: expect.any(Number), from: null });
  expect(pinned?.kind === 'pinned' && pinned.at).toBeGreaterThanOrEqual(before);
  expect(others).toEqual([]);
  expect(to(lineage, `step:${runId}:draft:`, 'reads')).toEqual([]);
});

test.concurrent('what one node took from another run leads to the step there that gave it, of a loop to its item', async () => {
  const pipelineId = await product.pipeline(
    graph(
      'One',
      [
        node('draft', 'llm.generate', { output: { kind: 'text' } }, { prompt: '"Write."' }),
        node('each', 'flow.map', {}, { items: '[nodes.draft.text, "b"]', result: 'nodes.polish.text' }),
        node('polish', 'llm.generate', { output: { kind: 'text' } }, { prompt: '"Polish " + item' }),
        output('nodes.each.items'),
      ],
      ['start.fired>draft', 'draft.ok>each', 'each.each>polish', 'each.done>out'],
    ),
  );
  const whole = await product.start(pipelineId);
  await product.until(whole, 'completed');
  const one = async (
    nodeId: string,
    path: string,
    values: { nodeId: string; outcome: string; output: Json }[] = [],
  ) => {
    const wanted = { pipelineId, nodeId, runId: whole, path, values, requestKey: null };
    const { runId } = await startOne(product.scope, wanted);
    await product.until(runId, 'completed');
    return runId;
  };
  const polished = await one('polish', 'each:1');
  const lineage = await getLineage(product.scope, {
    ...{ runId: polished, state: 'polish', path: 'each:0', of: 'output', pointer: '' },
  });
  expect(to(lineage, `step:${polished}:each::items`, 'took')).toEqual([`item:${whole}:each::1:`]);
  expect(steps(lineage, whole)).toEqual(expect.arrayContaining(['each', 'draft']));
  expect(all(lineage, 'model')).toHaveLength(2);

  const gathered = await lineageOf(await one('out', ''));
  const stoodIn = all(gathered, 'pinned')[0];
  expect(stoodIn).toMatchObject({ by: null, from: { runId: whole, state: 'each', path: '' } });
  expect(steps(gathered, whole)).toEqual(expect.arrayContaining(['each', 'polish@each:0', 'polish@each:1']));

  const said = await lineageOf(
    await one('out', '', [{ nodeId: 'each', outcome: 'done', output: { items: [], succeeded: 0, failed: 0 } }]),
  );
  expect(all(said, 'pinned')).toMatchObject([{ by: 'operator', at: expect.any(Number), from: null }]);
});

test.concurrent('after a rewind it is the step that made the value that holds, and after a retry its own reasons', async () => {
  const runId = await product.start(await product.pipeline(drafting('Back')), { to: 'Ann' });
  await product.row(`select from step where run_id = $1 and state = 'approve' and status = 'waiting'`, [runId]);
  const first = (await lineageOf(runId, 'draft')).nodes[0];
  await rewindRun(product.scope, { runId, seq: await seqOf(runId, 'start') });
  await product.row(`select from run where id = $1 and generation = 1`, [runId]);
  await approve(runId);
  const lineage = await lineageOf(runId);
  expect(steps(lineage, runId).sort()).toEqual(['approve', 'draft', 'out']);
  expect(all(lineage, 'model')).toHaveLength(1);
  const drafted = all(lineage, 'value').find(({ id }) => id.startsWith(`output:${runId}:draft:`));
  expect(drafted?.sha256).not.toBe(first && 'sha256' in first && first.sha256);

  broken = 1;
  const failing = await product.start(
    await product.pipeline(
      graph(
        'Again',
        [
          { ...node('ask', 'http.request', { method: 'PUT' }, { url: JSON.stringify(outside.url) }) },
          output('nodes.ask.status'),
        ],
        ['start.fired>ask', 'ask.ok>out'],
      ),
    ),
  );
  await product.until(failing, 'failed');
  await retryFailed(product.scope, { runId: failing, version: 'same' });
  await product.until(failing, 'completed');
  const retried = await lineageOf(failing);
  expect(all(retried, 'request').map(({ status }) => status)).toEqual([200]);
});

test.concurrent('what was at hand leads to the step that kept it, in the same run or through a session, or to the person', async () => {
  const keep = (name: string, value: string, session?: string) =>
    node('keep', 'memory.hold', { name }, { value, ...(session ? { session } : {}) });
  const take = (name: string, session?: string) => node('take', 'memory.held', { name }, session ? { session } : {});
  const within = await product.start(
    await product.pipeline(
      graph(
        'Within',
        [
          node('start', 'trigger.manual', { fields: [{ name: 'to', type: 'text' }] }),
          keep('letter', '{"to": run.input.to, "n": 1}'),
          take('letter'),
          output('nodes.take.value["to"]'),
        ],
        ['start.fired>keep', 'keep.ok>take', 'take.found>out'],
      ),
    ),
    { to: 'Ann' },
  );
  await product.until(within, 'completed');
  const lineage = await lineageOf(within);
  expect(reasons(lineage, `step:${within}:take:`)).toMatchObject([
    { kind: 'held', name: 'letter', session: null, by: null, from: { runId: within, state: 'keep', path: '' } },
  ]);
  expect(to(lineage, `step:${within}:take:`, 'took')).toEqual([`step:${within}:keep:`]);
  expect(to(lineage, `step:${within}:keep:`, 'reads')).toEqual([`run-input:${within}:/to`]);

  const keeping = await product.pipeline(graph('Keeping', [keep('word', '"a"', '"shared"')], ['start.fired>keep']));
  const taking = await product.pipeline(
    graph('Taking', [take('word', '"shared"'), output('nodes.take.value')], ['start.fired>take', 'take.found>out']),
  );
  const ended = async (pipelineId: string) => {
    const runId = await product.start(pipelineId);
    await product.until(runId, 'completed');
    return runId;
  };
  const [kept, took] = [await ended(keeping), await ended(taking)];
  await ended(keeping);
  expect(steps(await lineageOf(took), kept)).toEqual(['keep']);

  const owner = { kind: 'session' as const, name: 'shared' };
  await putValue(product.scope, { owner, name: 'word', value: 'b', ttlMs: 60_000 });
  expect(all(await lineageOf(await ended(taking)), 'held')).toMatchObject([{ by: 'operator', from: null }]);
});
