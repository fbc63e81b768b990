import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { addItems } from '#server/memory/items.ts';
import { applyRetention } from '#server/retention/apply-retention.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { getLineage } from './get-lineage.ts';
import { listSources } from './list-sources.ts';
import type { Lineage, LineageNode } from './types.ts';

let server: ModelServer;
let product: TestProduct;

const about = `Maria Anders likes Chai. ${'She said so in every letter. '.repeat(80)}`;

/** Recalls, drafts, looks at a rule, asks, and gives what was approved. */
const drafting: GraphInput = {
  ...graph('Drafting', ...theDrafting()),
  prompts: [
    {
      id: 'letter',
      title: 'Letter',
      text: 'Write to {{ who }}. Cite what you use.\n{{ found }}',
      variables: [{ name: 'who' }, { name: 'found' }],
    },
  ],
};

function theDrafting(): [nodes: GraphInput['nodes'], edges: string[]] {
  return [
    [
      node('start', 'trigger.manual', { fields: [{ name: 'person', type: 'text' }] }),
      node('recall', 'memory.recall', { limit: 3 }, { query: 'run.input.person' }),
      {
        ...node('draft', 'llm.generate', {}),
        title: 'Write it',
        inputs: {
          prompt: {
            kind: 'prompt',
            prompt: 'letter',
            values: { who: 'run.input.person', found: 'nodes.recall.text' },
          },
        },
      },
      node(
        'check',
        'policy.check',
        { fields: [{ name: 'text', type: 'text' }], rules: [{ name: 'No prices', when: 'text.contains("$")' }] },
        { text: 'nodes.draft.text' },
      ),
      node(
        'approve',
        'human.approval',
        { title: 'Send it', fields: [{ name: 'body', type: 'multiline', editable: true }] },
        { body: 'nodes.draft.text' },
      ),
      node('out', 'output', { fields: [{ name: 'sent', type: 'text' }] }, { sent: 'nodes.approve.body' }),
    ],
    ['start.fired>recall', 'recall.ok>draft', 'draft.ok>check', 'check.pass>approve', 'approve.approved>out'],
  ];
}

/** Doubles until it is large, three times over, and gives what was reached. */
const doubling: GraphInput = graph(
  'Doubling',
  [
    node('start', 'trigger.manual', { fields: [{ name: 'n', type: 'integer' }] }),
    node(
      'double',
      'flow.loop',
      { maxPasses: 20 },
      {
        initial: 'run.input.n',
        next: 'item * 2',
        again: 'nodes.size["case"] == "small"',
      },
    ),
    node('size', 'flow.switch', { cases: [{ name: 'small', when: 'value < 8' }] }, { value: 'item' }),
    node('out', 'output', { fields: [{ name: 'reached', type: 'integer' }] }, { reached: 'nodes.double.value' }),
  ],
  ['start.fired>double', 'double.each>size', 'double.done>out'],
);

const calling = (pipeline: string): GraphInput =>
  graph(
    'Calling',
    [
      node('start', 'trigger.webhook'),
      node(
        'each',
        'flow.map',
        { maxItems: 10 },
        { items: 'run.input.body.from', result: 'nodes.call.?reached.orValue(0)' },
      ),
      node(
        'call',
        'flow.call',
        {
          pipeline,
          version: 1,
          signature: {
            input: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
            output: { type: 'object', properties: { reached: { type: 'integer' } } },
            trust: 'inherit',
            effect: 'pure',
          },
        },
        { n: 'item' },
      ),
      node('out', 'output', { fields: [{ name: 'all', type: 'any' }] }, { all: 'nodes.each.items' }),
    ],
    ['start.fired>each', 'each.each>call', 'each.done>out'],
  );

let drafted: string;
let called: string;

beforeAll(async () => {
  server = await modelServer();
  server.answer(() => ({ kind: 'text', text: 'Dear Maria, how was the Chai [1]?' }));
  product = await testProduct({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url });
  const { scope, database } = product;
  await addItems(database.pool, scope.projectId, [
    { text: about, kind: 'note', tier: 'knowledge', source: 'letters', untrusted: false },
    { text: `${about}And so did her brother.`, kind: 'note', tier: 'knowledge', source: 'calls', untrusted: false },
    { text: `${about}And her sister.`, kind: 'note', tier: 'knowledge', source: 'visits', untrusted: false },
  ]);
  const [draftingId, doublingId] = [await product.pipeline(drafting), await product.pipeline(doubling)];
  const callingId = await product.pipeline(calling(doublingId));
  drafted = await product.start(draftingId, { person: 'Maria Anders' });
  called = await product.start(callingId, { body: { from: [3, 5] }, headers: {}, query: {}, receivedAt: 0 });
  const task = await product.row<{ id: string; token: string }>('select id, token from task where run_id = $1', [
    drafted,
  ]);
  const [taskId, token] = [task.id, task.token];
  await decideTask(scope, { taskId, token, decision: 'approve', value: { body: 'Dear Maria!' }, reason: 'Shorter' });
  await product.until(drafted, 'completed');
  await product.until(called, 'completed');
}, 60_000);
afterAll(async () => {
  await product.close();
  await server.close();
});

const lineageOf = (runId: string, state: string, pointer = '', more: Partial<JsonObject> = {}) =>
  getLineage(product.scope, { runId, state, path: '', of: 'output', pointer, ...more });

type Kind = LineageNode['kind'];
const all = <K extends Kind>({ nodes }: Lineage, kind: K) =>
  nodes.filter((one): one is Extract<LineageNode, { kind: K }> => one.kind === kind);
const steps = (lineage: Lineage) => all(lineage, 'step').map(({ at }) => `${at.state}${at.path && `@${at.path}`}`);
/** The one source of a kind of a node. */
const from = (lineage: Lineage, id: string, kind: string) =>
  lineage.edges.filter((edge) => edge.from === id && edge.kind === kind).map(({ to }) => to);

describe('a value that was drafted, checked and approved', () => {
  test('leads back to the run that was started, over every step that it was read from', async () => {
    const lineage = await lineageOf(drafted, 'out', '/sent');
    expect(steps(lineage).sort()).toEqual(['approve', 'check', 'draft', 'out', 'recall']);
    expect(lineage.root).toBe(`output:${drafted}:out::/sent`);
    expect(from(lineage, `step:${drafted}:out:`, 'reads')).toEqual([`output:${drafted}:approve::/body`]);
    expect(all(lineage, 'run')).toMatchObject([{ runId: drafted, trigger: 'start', pipelineName: 'Drafting' }]);
    expect(all(lineage, 'value').find(({ id }) => id === `run-input:${drafted}:/person`)).toMatchObject({
      preview: 'Maria Anders',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      removedAt: null,
    });
    expect(lineage.cut).toBe(false);
    expect(() => JSON.stringify(lineage)).not.toThrow();
  });

  test('names the prompt and the model by hash, and who decided what', async () => {
    const lineage = await lineageOf(drafted, 'out');
    const { rows } = await product.database.pool.query(
      `select v.provenance from step s join step_value v on v.step_id = s.id where s.run_id = $1 and s.state = 'draft'`,
      [drafted],
    );
    expect(all(lineage, 'prompt')).toMatchObject([
      {
        of: [{ id: 'letter', title: 'Letter', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
        sha256: rows[0].provenance[0].hash,
        removedAt: null,
      },
    ]);
    expect(all(lineage, 'model')).toMatchObject([
      { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), rehearsal: false },
    ]);
    expect(all(lineage, 'person')).toMatchObject([
      { by: 'operator', decision: 'approved', reason: 'Shorter', edited: true, taskId: expect.any(String) },
    ]);
    expect(all(lineage, 'rule')).toMatchObject([
      { name: 'No prices', deciding: false },
      { name: 'Otherwise', deciding: true },
    ]);
  });

  test('says which step let it run: the approval whose other ways lead elsewhere, and before it the rules', async () => {
    const lineage = await lineageOf(drafted, 'out');
    expect(from(lineage, `step:${drafted}:out:`, 'decided')).toEqual([`step:${drafted}:approve:`]);
    expect(from(lineage, `step:${drafted}:approve:`, 'decided')).toEqual([`step:${drafted}:check:`]);
    expect(from(lineage, `step:${drafted}:draft:`, 'decided')).toEqual([]);
  });

  test('what the model cited is the passage of the document that the recall gave it', async () => {
    const lineage = await lineageOf(drafted, 'draft', '/text');
    const [document] = all(lineage, 'document');
    expect(document).toMatchObject({
      number: 1,
      cited: true,
      there: true,
      passageId: expect.any(String),
    });
    expect(all(lineage, 'model')[0]?.cites).toEqual([{ number: 1, documents: [document?.id] }]);
    const { rows } = await product.database.pool.query('select text from memory_chunk where id = $1', [
      document?.passageId,
    ]);
    expect(rows[0].text).toContain('likes Chai');
    for (const state of ['draft', 'approve', 'out'])
      expect(await listSources(product.scope, { runId: drafted, state, path: '' })).toMatchObject([
        { number: 1, itemId: document?.itemId, passageId: document?.passageId },
        { number: 2 },
        { number: 3 },
      ]);
    expect(await listSources(product.scope, { runId: drafted, state: 'recall', path: '' })).toHaveLength(3);
    expect(await listSources(product.scope, { runId: drafted, state: 'start', path: '' })).toEqual([]);
  });

  test('an input has a lineage too', async () => {
    const lineage = await getLineage(product.scope, {
      runId: drafted,
      state: 'draft',
      path: '',
      of: 'input',
      pointer: '/prompt',
    });
    expect(from(lineage, lineage.root, 'reads').sort()).toEqual([
      `output:${drafted}:recall::/text`,
      `run-input:${drafted}:/person`,
    ]);
  });

  test('after the retention policy hashes stand where values were, and say since when', async () => {
    const before = await lineageOf(drafted, 'out');
    await product.database.pool.query(`update run set ended_at = now() - interval '400 days' where id = $1`, [drafted]);
    await applyRetention(product.database.pool);
    const after = await lineageOf(drafted, 'out');
    expect(after.edges).toEqual(before.edges);
    expect(after.runs[0]?.valuesRemovedAt).toEqual(expect.any(Number));
    const hashes = ({ nodes }: Lineage) => nodes.map((one) => ('sha256' in one ? [one.id, one.sha256] : [one.id]));
    expect(hashes(after)).toEqual(hashes(before));
    const gone = { preview: null, removedAt: after.runs[0]?.valuesRemovedAt };
    expect(all(after, 'document')).toMatchObject([
      { ...gone, cited: true },
      { ...gone, cited: false },
      { ...gone, cited: false },
    ]);
    expect(all(after, 'prompt')).toMatchObject([{ removedAt: gone.removedAt }]);
    const recalled = all(after, 'value').find(({ id }) => id === `output:${drafted}:recall::/text`);
    expect(recalled).toMatchObject(gone);
  });
});

describe('a value out of a map over a loop in another pipeline', () => {
  test('one item leads through its own iteration, the run that was called and every pass of its loop', async () => {
    const lineage = await lineageOf(called, 'out', '/all/1/value');
    expect(lineage.runs).toHaveLength(2);
    expect(steps(lineage)).toContain('call@each:1');
    expect(steps(lineage)).not.toContain('call@each:0');
    const child = lineage.runs.find(({ runId }) => runId !== called)?.runId;
    const ids = lineage.nodes.map(({ id }) => id);
    for (const pass of [1, 0]) expect(ids).toContain(`result:${child}:double::${pass}:`);
    expect(ids).toContain(`run-input:${child}:/n`);
    expect(from(lineage, `run-input:${child}:/n`, 'reads')).toEqual([`input:${called}:call:each:1:/n`]);
    expect(from(lineage, `step:${called}:each::items`, 'reads')).toEqual([`run-input:${called}:/body/from/1`]);
    expect(all(lineage, 'run')).toMatchObject([{ runId: called }]);
    expect(hasCycle(lineage)).toBe(false);
  });

  test('all of it is bounded: what goes on beyond the depth is counted', async () => {
    const whole = await lineageOf(called, 'out');
    expect(steps(whole)).toEqual(expect.arrayContaining(['call@each:0', 'call@each:1']));
    const near = await lineageOf(called, 'out', '', { depth: 2 });
    expect(near.cut).toBe(true);
    expect(all(near, 'more')).toMatchObject([{ why: 'depth' }, { why: 'depth' }]);
    expect(near.nodes.length).toBeLessThan(whole.nodes.length);
  });

  test('a step that did not run has none', async () => {
    await expect(lineageOf(called, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

function hasCycle({ nodes, edges }: Lineage): boolean {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): boolean => {
    if (state.get(id) === 'open') return true;
    if (state.get(id) === 'done') return false;
    state.set(id, 'open');
    const found = edges.some((edge) => edge.from === id && visit(edge.to));
    state.set(id, 'done');
    return found;
  };
  return nodes.some(({ id }) => visit(id));
}
