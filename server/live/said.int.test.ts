import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphSchema } from '#nodes/core/graph.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { getConsole } from '#server/runs/get-console.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';
import { liveHub } from './hub.ts';
import { readSaid } from './said.ts';
import { watchRuns } from './watch-runs.ts';

const letter = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Letter',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, config: { fields: [{ name: 'name', type: 'text' }] } },
    {
      id: 'write',
      type: 'llm.generate',
      version: 1,
      config: { output: { kind: 'text' } },
      inputs: { prompt: { kind: 'template', template: 'A letter to {{ run.input.name }}' } },
    },
  ],
  edges: [{ id: 'e', from: 'start', outcome: 'fired', to: 'write' }],
});

let database: TestDatabase;
let model: ModelServer;
let worker: WorkerProcess;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase();
  model = await modelServer();
  worker = await workerProcess(database.pool, {
    DATABASE_URL: database.url,
    CHROMA_URL: testChromaUrl(),
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'test-key',
    OPENAI_MODEL: 'gpt-4.1-mini',
  });
  scope = scopeOf((await ensureFirstProject()).id, 'test');
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await liveHub().close();
  await model.close();
  await database.close();
});

test("a tab reads a model's answer while it is written, before the step is over, and the console keeps it", async () => {
  const text = `Dear Ann, ${'thank you very much. '.repeat(60)}`;
  model.script({ kind: 'text', text, pauseMs: 20 });
  const { id: pipelineId } = await createPipeline(scope, { name: 'Letter', graph: letter });
  const abort = new AbortController();
  const stream = watchRuns(scope, { pipelineId, signal: abort.signal });
  await stream.next();
  const start = { pipelineId, source: 'draft', trigger: 'start', requestKey: null } as const;
  const { runId } = await startRun(scope, { ...start, input: { name: 'Ann' } });
  let read = '';
  let pieces = 0;
  let before = '';
  for await (const { message } of stream) {
    if (message.kind === 'said')
      for (const said of message.said)
        if (said.kind === 'text') {
          expect(said.from).toBe(read.length);
          read += said.text;
          pieces += 1;
        }
    if (message.kind !== 'events') continue;
    if (message.events.some(({ kind, data }) => kind === 'step.done' && (data as { state: string }).state === 'write'))
      before = read;
    if (message.events.some(({ kind }) => kind === 'run.completed')) break;
  }
  abort.abort();
  expect(pieces).toBeGreaterThan(1);
  // The last words may be on their way when the step is over: its output holds them.
  expect(text.startsWith(before)).toBe(true);
  expect(before.length).toBeGreaterThan(100);
  expect(await getConsole(scope, { runId, state: null })).toEqual([
    expect.objectContaining({ kind: 'model', state: 'write', model: 'gpt-4.1-mini', text, cut: false }),
  ]);
  expect(await getConsole(scope, { runId, state: 'start' })).toEqual([]);
}, 60_000);

test.each(['', '{}', '[{"kind":"text"}]', '[{"kind":"log","runId":1}]'])(
  'a notice that is none is not read: %s',
  (payload) => {
    expect(readSaid(payload)).toBeNull();
  },
);
