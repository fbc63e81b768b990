import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { storeFile } from '#server/files/store-file.ts';
import { answerTask } from '#server/inbox/answer-task.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { openApprovals } from '#server/inbox/open-approvals.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { installTemplate } from '#server/templates/install-template.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { smtpServer, type TestSmtpServer } from '#server/testing/smtp-server.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';
import { getRunReport, type RunReport } from './report.ts';
import { startRun } from './start-run.ts';

const leads = path.resolve(import.meta.dirname, '../../prisma/seed/templates/sales-follow-up/leads.csv');

let database: TestDatabase;
let mail: TestSmtpServer;
let worker: WorkerProcess;
let scope: Scope;
let pipelineId: string;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpServer();
  const env = {
    DATABASE_URL: database.url,
    CHROMA_URL: testChromaUrl(),
    SMTP_URL: mail.url,
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
  };
  worker = await workerProcess(database.pool, env);
  scope = scopeOf((await ensureFirstProject()).id, 'test');
  ({ pipelineId } = await installTemplate({ projectId: scope.projectId, name: 'sales-follow-up', actor: 'test' }));
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await mail.close();
  await database.close();
});

async function begin(): Promise<string> {
  const file = await storeFile(scope, {
    name: 'leads.csv',
    mime: 'text/csv',
    content: new Uint8Array(fs.readFileSync(leads)),
  });
  return (
    await startRun(scope, {
      pipelineId,
      source: 'published',
      trigger: 'start',
      input: { leads: file },
      requestKey: null,
    })
  ).runId;
}

/** What the operator does at the inbox: approves, and says of an unclear send what the mail server says of it. */
async function decideOpen(runId: string): Promise<number> {
  for (const approval of await openApprovals(scope, runId))
    await decideTask(scope, { ...approval, decision: 'approve' });
  const { rows } = await database.pool.query<{ id: string; token: string; message: string }>(
    `select t.id, t.token, e.intent->>'messageId' as message from task t join effect e on e.key = t.request->>'effectKey'
      where t.run_id = $1 and t.status = 'open' and t.kind = 'decision'`,
    [runId],
  );
  for (const { id, token, message } of rows) {
    const arrived = mail.mails.some(({ parsed }) => parsed.messageId === message);
    await answerTask(scope, { taskId: id, token, answer: arrived ? 'happened' : 'repeat' });
  }
  return rows.length;
}

async function finish(runId: string): Promise<{ report: RunReport; unclear: number }> {
  let unclear = 0;
  for (const endsAt = Date.now() + 100_000; Date.now() < endsAt; await sleep(50)) {
    unclear += await decideOpen(runId);
    const { rows } = await database.pool.query('select status from run where id = $1', [runId]);
    if (['completed', 'failed', 'cancelled'].includes(rows[0].status)) break;
  }
  return { report: await getRunReport(scope, runId), unclear };
}

describe('Sales follow-up over the Northwind leads', () => {
  test('goes on through three killed workers: every mail once, none lost, seven customers left alone with the rule named', async () => {
    const runId = await begin();
    let kills = 0;
    const killing = (async () => {
      for (; kills < 3; kills += 1) {
        await sleep(300 + Math.random() * 1_200);
        await worker.killAndStartAgain();
      }
    })();
    const { report, unclear } = await finish(runId);
    await killing;

    expect(report.status).toBe('completed');
    const ids = mail.mails.map(({ parsed }) => parsed.messageId);
    expect([ids.length, new Set(ids).size, new Set(mail.mails.map(({ to }) => to[0])).size]).toEqual([84, 84, 84]);
    const { sent, skipped, failed } = report.output as {
      sent: number;
      skipped: { reason: string }[];
      failed: unknown[];
    };
    expect({ sent, failed }).toEqual({ sent: 84, failed: [] });
    expect(skipped.map(({ reason }) => reason)).toEqual(Array(7).fill('The customer asked not to be contacted.'));
    expect(unclear).toBeLessThanOrEqual(30);
    await expectConsistent(runId, report);
  }, 150_000);

  test('does not write to the same customers again within the quiet days', async () => {
    const before = mail.mails.length;
    const { report } = await finish(await begin());
    expect(report.status).toBe('completed');
    expect(mail.mails.length).toBe(before);
    expect(report.output).toMatchObject({ sent: 0, skipped: { length: 91 } });
  }, 60_000);
});

/** The promises of the engine, read from what is stored. */
async function expectConsistent(runId: string, report: RunReport): Promise<void> {
  expect(report.spendMicros).toBe(report.steps.reduce((sum, step) => sum + step.costMicros, 0));
  const { rows: events } = await database.pool.query(
    'select seq, kind, data from run_event_each where run_id = $1 order by seq',
    [runId],
  );
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  const done = events.filter(({ kind }) => kind === 'step.done').map(({ data }) => `${data.state} ${data.path}`);
  expect(new Set(done).size).toBe(done.length);
  expect((await database.pool.query('select * from sg_stuck')).rows).toEqual([]);
  const { rows } = await database.pool.query(`select active, waiting from run where id = $1`, [runId]);
  expect(rows[0]).toEqual({ active: 0, waiting: 0 });
}
