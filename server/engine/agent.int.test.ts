import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphSchema } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { getRunReport, type RunReport } from '#server/runs/report.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type ModelReply, type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

let database: TestDatabase;
let server: ModelServer;
let scope: Scope;
let pipelineId: string;

const parameters = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
const graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'An agent that remembers',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, config: { fields: [{ name: 'aim', type: 'text' }] } },
    {
      id: 'helper',
      type: 'agent',
      version: 1,
      config: { tools: [{ name: 'note', description: 'Keeps a text', parameters }], maxTurns: 4 },
      inputs: {
        prompt: { kind: 'expr', expr: 'run.input.aim' },
        result: { kind: 'expr', expr: '"kept " + item.arguments.text' },
      },
    },
    {
      id: 'keep',
      type: 'memory.remember',
      version: 1,
      inputs: { text: { kind: 'expr', expr: 'item.arguments.text' } },
    },
    {
      id: 'out',
      type: 'output',
      version: 1,
      config: { fields: [{ name: 'text', type: 'text' }] },
      inputs: { text: { kind: 'expr', expr: 'nodes.helper.text' } },
    },
  ],
  edges: [
    { id: 'e1', from: 'start', outcome: 'fired', to: 'helper' },
    { id: 'e2', from: 'helper', outcome: 'each', to: 'keep' },
    { id: 'e3', from: 'helper', outcome: 'done', to: 'out' },
  ],
});

/** A model that keeps a text in its first turn, one in the next, and then says what it was told. */
function answer({ messages }: JsonObject): ModelReply {
  const said = messages as { role: string; content: string }[];
  const told = said.filter(({ role }) => role === 'tool').map(({ content }) => content);
  const aim = said.find(({ role }) => role === 'user')?.content ?? '';
  const call = (id: string) => ({ id, name: 'note', arguments: JSON.stringify({ text: `${aim} ${id}` }) });
  if (told.length < 2) return { kind: 'tools', calls: [call('ab'.charAt(told.length))] };
  return { kind: 'text', text: told.join(', ') };
}

beforeAll(async () => {
  database = await testDatabase();
  server = await modelServer();
  server.answer(answer);
  const { id } = await ensureFirstProject();
  scope = scopeOf(id, 'test');
  ({ id: pipelineId } = await createPipeline(scope, { name: graph.name, graph }));
}, 60_000);
afterAll(async () => {
  await server.close();
  await database.close();
});

const standBy = (dieAt: number): Promise<WorkerProcess> =>
  workerProcess(
    database.pool,
    {
      DATABASE_URL: database.url,
      CHROMA_URL: testChromaUrl(),
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: server.url,
      SOLOGRAPH_TIMING_SCALE: '0.1',
      SOLOGRAPH_DIE_AT: String(dieAt),
    },
    { dies: true },
  );

const start = async (aim: string): Promise<string> =>
  (await startRun(scope, { pipelineId, source: 'draft', trigger: 'start', input: { aim }, requestKey: null })).runId;

async function ended(runId: string): Promise<RunReport> {
  for (let report = await getRunReport(scope, runId); ; report = await getRunReport(scope, runId)) {
    if (['completed', 'failed', 'cancelled'].includes(report.status)) return report;
    await sleep(20);
  }
}

/** What must hold of a run, however often its worker died. */
async function expectWhole(runId: string, aim: string): Promise<void> {
  const report = await ended(runId);
  expect(report, aim).toMatchObject({
    status: 'completed',
    output: { text: `kept ${aim} a, kept ${aim} b` },
  });
  const paid = [...server.paid.keys()].filter((key) => key.startsWith(`${runId}:`));
  expect(
    paid.map((key) => key.split(':').at(-2)),
    aim,
  ).toEqual(['turn-1', 'turn-2', 'turn-3']);
  const { rows: spent } = await database.pool.query('select call_key from spend where run_id = $1 order by id', [
    runId,
  ]);
  expect(spent, aim).toHaveLength(3);
  const { rows: kept } = await database.pool.query('select text from memory_item where text like $1 order by text', [
    `${aim} %`,
  ]);
  expect(
    kept.map(({ text }) => text),
    aim,
  ).toEqual([`${aim} a`, `${aim} b`]);
}

/** A sample of the waits, another one by SOLOGRAPH_SEED; all of them, which takes a quarter of an hour, with SOLOGRAPH_DEATHS=all. */
const stride = process.env.SOLOGRAPH_DEATHS === 'all' ? 1 : 25;
const first = 1 + (Number(process.env.SOLOGRAPH_SEED ?? 1) % stride);

test('an agent whose worker dies at one of its waits after the other gives the same answer, and each call is paid for once', async () => {
  let died = 0;
  let worker = await standBy(first);
  let next = await standBy(first + stride);
  await worker.begin();
  for (let n = first; ; n += stride) {
    const aim = `Aim ${n}`;
    worker.arm();
    const runId = await start(aim);
    const death = await Promise.race([worker.ended().then(() => true), ended(runId).then(() => false)]);
    if (death) {
      died += 1;
      worker = next;
      await worker.begin();
      next = await standBy(n + 2 * stride);
    }
    await expectWhole(runId, aim);
    if (!death) break;
  }
  await Promise.all([worker.stop(), next.stop()]);
  // Claims, commits, look-ups, the requests and the pieces of the answers of three turns and two tools.
  expect(died).toBeGreaterThan(Math.floor(40 / stride) - 1);
}, 3_600_000);
