import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeFile } from '#server/files/store-file.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { getTask } from '#server/inbox/get-task.ts';
import { openApprovals } from '#server/inbox/open-approvals.ts';
import { installTemplate } from '#server/templates/install-template.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { smtpServer, type TestSmtpServer } from '#server/testing/smtp-server.ts';
import { undoPlan } from './undo-plan.ts';
import { undoRun } from './undo-run.ts';
import { undoStatus } from './undo-status.ts';

const leads = `customerID,companyName,contactName,city,country,email,doNotContact
ALFKI,Alfreds Futterkiste,Maria Anders,Berlin,Germany,alfki@example.test,false
AROUT,Around the Horn,Thomas Hardy,London,UK,arout@example.test,false
BERGS,Berglunds snabbköp,Christina Berglund,Luleå,Sweden,bergs@example.test,true
`;

let mail: TestSmtpServer;
let product: TestProduct;

beforeAll(async () => {
  mail = await smtpServer();
  product = await testProduct({ SMTP_URL: mail.url });
}, 60_000);
afterAll(async () => {
  await product.close();
  await mail.close();
});

async function businessData(): Promise<unknown> {
  const { rows } = await product.database.pool.query(
    `select (select jsonb_agg(jsonb_build_array(type, key, data) order by type, key) from entity) as entities,
            (select jsonb_agg(text order by text) from memory_item) as memories`,
  );
  return rows[0];
}

test('a completed Sales follow-up is undone: customers and memory are as before, and each mail that left is named with a correction offered', async () => {
  const { database, scope } = product;
  const { pipelineId } = await installTemplate({ projectId: scope.projectId, name: 'sales-follow-up', actor: 'test' });
  const before = await businessData();
  const content = new TextEncoder().encode(leads);
  const file = await storeFile(scope, { name: 'leads.csv', mime: 'text/csv', content });
  const runId = await product.start(pipelineId, { leads: file });
  for (let open = 0; open < 2; ) {
    const approvals = await openApprovals(scope, runId);
    for (const approval of approvals) await decideTask(scope, { ...approval, decision: 'approve' });
    open += approvals.length;
    await product.row('select from run where id = $1', [runId]);
  }
  await product.until(runId, 'completed');
  expect(mail.mails).toHaveLength(2);
  expect(await businessData()).not.toEqual(before);

  const plan = await undoPlan(scope, { runId, toSeq: 0 });
  const mails = plan.items.filter(({ can }) => can === 'offers');
  expect(mails.map(({ state, why }) => `${state}: ${why}`).sort()).toEqual([
    'send: The mail to alfki@example.test cannot be taken back.',
    'send: The mail to arout@example.test cannot be taken back.',
  ]);
  expect(mails.map(({ label }) => label).sort()).toEqual(['Alfreds Futterkiste', 'Around the Horn']);
  expect(plan.irreversible).toBe(0);
  expect(plan.revertible).toBe(plan.total - 2);
  expect(plan.keptSpendMicros).toBe(0);

  await undoRun(scope, runId);
  await product.row(`select from undo where run_id = $1 and status <> 'running'`, [runId]);
  const status = await undoStatus(scope, runId);
  expect(status?.items.filter((item) => item.status === 'failed')).toEqual([]);
  expect(status?.status).toBe('partly');
  expect(await businessData()).toEqual(before);

  const offers = await openApprovals(scope, runId);
  expect(offers).toHaveLength(2);
  const [yes, no] = offers;
  const offered = await getTask(scope, yes?.taskId ?? '');
  expect(offered).toMatchObject({ title: 'Send a correction', kind: 'approval', effects: [] });
  await decideTask(scope, { taskId: yes?.taskId ?? '', token: yes?.token ?? '', decision: 'approve' });
  await decideTask(scope, { taskId: no?.taskId ?? '', token: no?.token ?? '', decision: 'reject', reason: 'No need.' });
  await product.row(`select from undo_item where undo_id = $1 and result->'mended' is not null having count(*) = 2`, [
    status?.undoId,
  ]);
  expect(mail.mails).toHaveLength(3);
  expect(mail.mails[2]?.parsed.subject).toMatch(/^Correction: /);
  const after = await undoStatus(scope, runId);
  const mended = after?.items.flatMap((item) => (item.result?.mended ? [item.result.mended.kind] : []));
  expect(mended?.sort()).toEqual(['declined', 'mended']);
  await expect(undoRun(scope, runId)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect((await database.pool.query('select * from sg_stuck')).rows).toEqual([]);
}, 60_000);
