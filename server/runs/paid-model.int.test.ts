import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { storeFile } from '#server/files/store-file.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { openApprovals } from '#server/inbox/open-approvals.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { installTemplate } from '#server/templates/install-template.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';
import { getRunReport } from './report.ts';
import { startRun } from './start-run.ts';

const leads = `customerID,companyName,contactName,city,country,email,doNotContact
ALFKI,Alfreds Futterkiste,Maria Anders,Berlin,Germany,alfki@example.test,false
AROUT,Around the Horn,Thomas Hardy,London,UK,arout@example.test,false
BERGS,Berglunds snabbköp,Christina Berglund,Luleå,Sweden,bergs@example.test,false
`;
const answer = JSON.stringify({ subject: 'Hello', body: 'A letter.', reason: 'It was time.' });

let database: TestDatabase;
let model: ModelServer;
let worker: WorkerProcess;
let scope: Scope;
let pipelineId: string;

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
  ({ pipelineId } = await installTemplate({ projectId: scope.projectId, name: 'sales-follow-up', actor: 'test' }));
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await model.close();
  await database.close();
});

test('a run pays for each draft once, by the price of the model, and its spend is the sum of its steps and of its calls', async () => {
  model.script(
    { kind: 'status', status: 429, error: { message: 'slow down' }, headers: { 'retry-after': '1' } },
    ...Array.from({ length: 3 }, () => ({ kind: 'text', text: answer, usage: { input: 1_000, output: 200 } }) as const),
  );
  const file = await storeFile(scope, {
    name: 'leads.csv',
    mime: 'text/csv',
    content: new TextEncoder().encode(leads),
  });
  const { runId } = await startRun(scope, {
    pipelineId,
    source: 'published',
    trigger: 'start',
    input: { leads: file },
    requestKey: null,
  });
  for (let status = ''; status !== 'completed' && status !== 'failed'; await sleep(50)) {
    for (const approval of await openApprovals(scope, runId))
      await decideTask(scope, { ...approval, decision: 'approve' });
    ({ status } = await getRunReport(scope, runId));
  }

  const report = await getRunReport(scope, runId);
  expect(report.status).toBe('completed');
  // 1,000 tokens at $0.40 and 200 at $1.60 a million, three times; the refused call cost nothing.
  expect(report.spendMicros).toBe(3 * (400 + 320));
  expect(report.steps.reduce((sum, step) => sum + step.costMicros, 0)).toBe(report.spendMicros);
  const { rows } = await database.pool.query(
    `select count(*)::int as calls, sum(cost_micros)::int as micros, count(price_id)::int as priced, bool_or(rehearsal) as rehearsal from spend where run_id = $1`,
    [runId],
  );
  expect(rows[0]).toEqual({ calls: 3, micros: 2_160, priced: 3, rehearsal: false });
  const counters = await database.pool.query('select active, waiting from run where id = $1', [runId]);
  expect(counters.rows[0]).toEqual({ active: 0, waiting: 0 });
  expect(model.calls).toHaveLength(4);
  // Put off by the provider, a step waits for its quota, which is no attempt of its own.
  const drafts = report.steps.filter(({ stateId }) => stateId === 'draft');
  expect(drafts.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  expect(report.output).toMatchObject({ outbox: 3, spendMicros: 2_160 });
}, 60_000);
