import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelReply, type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { forkRun } from './fork-run.ts';
import { listCheckpoints } from './list-checkpoints.ts';
import { rewindRun } from './rewind-run.ts';

let product: TestProduct;
let model: ModelServer;
let pipeline: string;

/** Looks something up in each of its first two turns, then says what it was told. */
function answer({ messages }: JsonObject): ModelReply {
  const said = messages as { role: string; content: string }[];
  const told = said.filter(({ role }) => role === 'tool').map(({ content }) => content);
  if (told.length < 2) {
    const about = 'ab'.charAt(told.length);
    return { kind: 'tools', calls: [{ id: about, name: 'look', arguments: JSON.stringify({ about }) }] };
  }
  return { kind: 'text', text: told.join(', ') };
}

const parameters = { type: 'object', properties: { about: { type: 'string' } }, required: ['about'] };
const helping = graph(
  'Helping',
  [
    node(
      'helper',
      'agent',
      { tools: [{ name: 'look', description: 'Looks it up', parameters }], maxTurns: 4 },
      { prompt: '"Look twice."', result: 'nodes.found.data["text"]' },
    ),
    node(
      'found',
      'entity.upsert',
      { entityType: 'look' },
      { key: 'item.arguments.about', data: '{"text": "saw " + item.arguments.about}' },
    ),
    node('out', 'output', { fields: [{ name: 'text', type: 'text' }] }, { text: 'nodes.helper.text' }),
  ],
  ['start.fired>helper', 'helper.each>found', 'helper.done>out'],
);

beforeAll(async () => {
  model = await modelServer();
  model.answer(answer);
  product = await testProduct({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'test', OPENAI_MODEL: 'gpt-4.1-mini' });
  pipeline = await product.pipeline(helping);
});
afterAll(async () => {
  await product.close();
  await model.close();
});

/** A run that has ended, and the checkpoint after its first look. */
async function helped(): Promise<{ runId: string; first: number; last: number }> {
  const runId = await product.start(pipeline);
  await product.until(runId, 'completed');
  const { items } = await listCheckpoints(product.scope, { runId, limit: 500 });
  const seqOf = (state: string, path: string) =>
    items.find((row) => row.state === state && row.path === path)?.seq ?? -1;
  return { runId, first: seqOf('found', 'helper:0'), last: seqOf('found', 'helper:1') };
}

const outputOf = async (runId: string): Promise<Json> =>
  (await product.database.pool.query('select output from run where id = $1', [runId])).rows[0].output;

describe('an agent that is gone back into', () => {
  test('goes on after its first tool call: the turn behind it is not paid for again, the next is asked anew', async () => {
    const { runId, first } = await helped();
    const before = model.calls.length;
    const forked = await forkRun(product.scope, { runId, seq: first, edits: [], version: 'same', requestKey: null });
    await product.until(forked.runId, 'completed');
    expect(await outputOf(forked.runId)).toEqual({ text: 'saw a, saw b' });
    expect(model.calls.length - before).toBe(2);
  });

  test('goes on after its last tool call: only the last turn is asked', async () => {
    const { runId, last } = await helped();
    const before = model.calls.length;
    const forked = await forkRun(product.scope, { runId, seq: last, edits: [], version: 'same', requestKey: null });
    await product.until(forked.runId, 'completed');
    expect(await outputOf(forked.runId)).toEqual({ text: 'saw a, saw b' });
    expect(model.calls.length - before).toBe(1);
  });

  test('is told what the operator made of a tool call', async () => {
    const { runId, first } = await helped();
    const output = (
      await product.row<{ output: JsonObject }>(
        `select v.output from step s join step_value v on v.step_id = s.id where s.run_id = $1 and s.state = 'found' and s.path = 'helper:0'`,
        [runId],
      )
    ).output;
    const edits = [{ state: 'found', path: 'helper:0', output: { ...output, data: { text: 'saw something else' } } }];
    const forked = await forkRun(product.scope, { runId, seq: first, edits, version: 'same', requestKey: null });
    await product.until(forked.runId, 'completed');
    expect(await outputOf(forked.runId)).toEqual({ text: 'saw something else, saw b' });
  });

  test('goes back within the same run', async () => {
    const { runId, first } = await helped();
    const before = model.calls.length;
    await rewindRun(product.scope, { runId, seq: first });
    await product.row(
      `select from run where id = $1 and status = 'completed' and undo is distinct from 'undoing' and seq > $2 and exists (select from run_event_each e where e.run_id = $1 and e.kind = 'run.rewound')`,
      [runId, first],
    );
    expect(await outputOf(runId)).toEqual({ text: 'saw a, saw b' });
    expect(model.calls.length - before).toBe(2);
  });
});
