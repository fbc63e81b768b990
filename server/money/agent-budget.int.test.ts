import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { decideBudget } from '#server/inbox/decide-budget.ts';
import { getTask } from '#server/inbox/get-task.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelReply, type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { createBudget } from './save-budget.ts';

let product: TestProduct;
let model: ModelServer;

beforeAll(async () => {
  model = await modelServer();
  product = await testProduct({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', OPENAI_MODEL: 'gpt-4.1-mini' });
}, 60_000);
afterAll(async () => {
  await product.close();
  await model.close();
});

const parameters = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

/** Asks for its tool twice, one turn after the other, and then says what it was told. */
function answer({ messages }: JsonObject): ModelReply {
  const told = (messages as { role: string; content: string }[]).filter(({ role }) => role === 'tool');
  if (told.length === 2) return { kind: 'text', text: told.map(({ content }) => content).join(', ') };
  return { kind: 'tools', calls: [{ id: `c${told.length}`, name: 'note', arguments: `{"text":"${told.length}"}` }] };
}

test('an agent is held between two turns, does nothing again when there is room, and pays for each turn once', async () => {
  model.answer(answer);
  const tools = [{ name: 'note', description: 'Keeps a text', parameters }];
  const pipelineId = await product.pipeline(
    graph(
      'Held agent',
      [
        node('helper', 'agent', { tools, maxTurns: 4, maxOutputTokens: 100 } as never, {
          prompt: '"Note two things."',
          result: '"kept " + item.arguments.text',
        }),
        node('keep', 'memory.remember', {}, { text: 'item.arguments.text' }),
        node('done', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: 'nodes.helper.text' }),
      ],
      ['start.fired>helper', 'helper.each>keep', 'helper.done>done'],
    ),
  );
  // A turn costs 72 micro-dollars; before it about 200 are reserved, the answer of 100 tokens being 160 of them.
  await createBudget(product.scope, { kind: 'run', pipelineId, limitMicros: 300, hard: true });
  const runId = await product.start(pipelineId);
  const { id } = await product.row<{ id: string }>(
    `select id from task where run_id = $1 and kind = 'budget' and status = 'open'`,
    [runId],
  );
  const before = model.calls.length;
  expect([1, 2]).toContain(before);
  const task = await getTask(product.scope, id);
  await decideBudget(product.scope, { taskId: id, token: task.token, choice: 'raise', toMicros: 2_000 });
  await product.until(runId, 'completed');
  expect(model.calls).toHaveLength(3);
  const { rows } = await product.database.pool.query(
    `select r.output->>'text' as text, r.spend_micros::int as spent, s.attempt,
            (select count(*)::int from memory_item where project_id = r.project_id) as kept
       from run r join step s on s.run_id = r.id and s.state = 'helper' where r.id = $1`,
    [runId],
  );
  expect(rows).toEqual([{ text: 'kept 0, kept 1', spent: 216, attempt: expect.any(Number), kept: 2 }]);
});
