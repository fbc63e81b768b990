import { expect, test } from '@playwright/test';
import pg from 'pg';
import { compile } from '#nodes/core/compile/compile.ts';
import { definitions } from '#nodes/index.gen.ts';
import { Operator } from '../driver/operator.ts';
import { seenStatuses, watchStatuses } from '../driver/statuses.ts';

const leads = `customerID,companyName,contactName,city,country,email,doNotContact
ALFKI,Alfreds Futterkiste,Maria Anders,Berlin,Germany,alfki@example.test,false
ERNSH,Ernst Handel,Roland Mendel,Graz,Austria,ernsh@example.test,true
AROUT,Around the Horn,Thomas Hardy,London,UK,arout@example.test,false
`;

test('a new operator runs the Sales follow-up, decides, sees why and at what cost, and shares it', async ({ page }) => {
  const operator = new Operator(page);

  await test.step('creates the operator and installs the template', async () => {
    await operator.setUp('Northwind Foods');
    await operator.installTemplate('Sales follow-up');
    await operator.seeNode('draft', 'idle');
  });

  const editor = page.url();
  await test.step('runs it and watches the nodes light up until it waits for an approval', async () => {
    await watchStatuses(page);
    await operator.runWith('Leads', { name: 'leads.csv', content: leads });
    await operator.seeNode('approve', 'waiting');
    await operator.seeNode('draft', 'done');
  });

  await test.step('decides in the inbox, in another tab, while the canvas goes on', async () => {
    const tab = await page.context().newPage();
    const inbox = new Operator(tab);
    await tab.goto(editor.replace(/pipelines\/.*/, 'inbox'));
    await expect(tab.getByText('First contact with this customer').first()).toBeVisible();
    const subjects = ['Alfreds Futterkiste', 'Around the Horn'];
    const first = (await tab.getByRole('heading', { level: 2 }).first().textContent()) ?? '';
    for (const subject of first.includes('Horn') ? subjects.toReversed() : subjects) await inbox.approveNext(subject);
    await expect(
      tab
        .getByText('Nothing waits for you')
        .or(tab.getByText(/nothing/i))
        .first(),
    ).toBeVisible();
    await tab.close();
  });

  await test.step('saw each node go its way', async () => {
    await operator.seeNode('summary', 'done');
    await operator.seeNode('approve', 'done');
    const seen = await seenStatuses(page);
    expect(seen.each?.slice(-2)).toEqual(['running', 'done']);
    expect(seen.approve).toEqual(expect.arrayContaining(['waiting', 'done']));
    expect(seen.send?.at(-1)).toBe('done');
    expect(seen.failed?.at(-1)).toBe('skipped');
  });

  await test.step('asks a node why, and what it cost', async () => {
    await operator.select('draft');
    await expect(operator.part('provenance').getByText('rehearsal').first()).toBeVisible();
    await expect(
      operator
        .part('provenance')
        .getByText(/Write a follow-up mail/)
        .first(),
    ).toBeVisible();
    await expect(operator.part('spend').getByText(/\$0/).first()).toBeVisible();
    await operator.select('policy');
    await expect(operator.part('provenance').getByText('Do not contact').first()).toBeVisible();
  });

  await test.step('exports it and imports it into a second project, the same program', async () => {
    await page.goto(editor.replace(/pipelines\/.*/, 'pipelines'));
    const file = await operator.export('Sales follow-up');
    await operator.createProject('Second line');
    await operator.import({ name: 'sales-follow-up.json', content: file });
    const hashes = await programHashes();
    expect(hashes).toHaveLength(2);
    expect(new Set(hashes).size).toBe(1);
  });
});

/** Hash of the program of each Sales follow-up that is stored, in whatever project. */
async function programHashes(): Promise<(string | undefined)[]> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select draft from pipeline where name = 'Sales follow-up' order by created_at`,
    );
    return rows.map(({ draft }) => compile(draft, definitions).program?.hash);
  } finally {
    await client.end();
  }
}
