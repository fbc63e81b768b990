import { expect, test } from '@playwright/test';
import { Operator } from '../driver/operator.ts';

const leads = `customerID,companyName,contactName,city,country,email,doNotContact
ALFKI,Alfreds Futterkiste,Maria Anders,Berlin,Germany,alfki@example.test,false
`;

test('a completed Sales follow-up is undone: the plan says what stays, customers and memory are as before', async ({
  page,
}) => {
  const operator = new Operator(page);
  await operator.open();
  await operator.createProject('To be undone');
  await operator.installTemplate('Sales follow-up');
  const project = page.url().replace(/\/pipelines\/.*/, '');
  const canvas = page.url();
  const before = await knownOf();

  await page.goto(canvas);
  await operator.runWith('Leads', { name: 'leads.csv', content: leads });
  await operator.seeNode('approve', 'waiting');
  await operator.openRun();
  const run = page.url();
  await page.goto(`${project}/inbox`);
  await operator.approveNext('Alfreds Futterkiste');
  await page.goto(run);
  await operator.seeRun('Done');
  expect(await knownOf()).not.toEqual(before);

  await page.goto(run);
  await operator.press('Undo this run');
  const panel = page.getByRole('dialog', { name: /^Undo R-/ });
  const plan = panel.getByRole('list', { name: 'What will be undone' });
  await expect(plan.getByRole('listitem').first()).toContainText('Note the contact');
  const mail = plan.getByRole('listitem').filter({ hasText: 'Send mail' });
  await expect(mail).toContainText('Cannot be undone');
  await expect(mail).toContainText('alfki@example.test');
  await expect(panel.getByText('stays spent')).toBeVisible();
  await panel.getByRole('button', { name: 'Undo 3 of 4 effects' }).click();

  const result = page.getByRole('dialog');
  await expect(result.getByText(/3 of 4 effects restored, 1 correction offered/)).toBeVisible();
  await result.getByRole('button', { name: 'Close', exact: true }).last().click();
  await operator.seeRun(/Undone/);
  await expect(operator.node('customer')).toHaveAttribute('data-status', 'undone');
  expect(await knownOf()).toEqual(before);

  await page.goto(`${project}/inbox`);
  await expect(page.getByRole('heading', { name: /Alfreds Futterkiste|alfki@example.test/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeVisible();

  /** What is known of the customer, and how many memories runs have left. */
  async function knownOf(): Promise<{ customer: string | null; memories: number }> {
    await page.goto(`${project}/entities`);
    await page.getByLabel('Search entities').fill('ALFKI');
    const found = page.getByRole('table').getByRole('link', { name: /Alfreds Futterkiste/ });
    await expect(page.getByRole('table').getByRole('link')).toHaveCount(1);
    await found.click();
    const known = page.getByRole('complementary', { name: 'Known now' }).locator('dl').first();
    await expect(known).toBeVisible();
    const customer = await known.textContent();
    await page.goto(`${project}/memory`);
    await expect(page.getByRole('listitem').first()).toBeVisible();
    return { customer, memories: await page.getByRole('link', { name: 'its run' }).count() };
  }
});
