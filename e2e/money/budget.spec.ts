import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

/** A model of the rehearsal that only this spec names, so that its price is nobody else's. */
const model = 'priced-for-budgets';

const writing = pipelineFile(
  'Letter',
  [
    startWith('notes'),
    {
      id: 'write',
      type: 'llm.generate',
      version: 1,
      title: 'Write',
      config: { model, maxOutputTokens: 500 },
      inputs: { prompt: { kind: 'template', template: 'Write a letter: {{ run.input.notes }}' } },
    },
    outputOf('letter', 'nodes.write.text'),
  ],
  ['fired', 'ok'],
);

test('a budget holds a run before it spends; raised in the inbox, the run goes on, and the page Spend tells of it', async ({
  page,
}) => {
  const operator = new Operator(page);
  const given = new Given(page);
  await page.goto(`/p/${await given.project('On a budget')}/spend`);
  await expect(page.getByText('Nothing was spent in this time')).toBeVisible();
  await operator.press('Set a price');
  const price = page.getByRole('dialog');
  await price.getByLabel('Provider').fill('rehearsal');
  await price.getByLabel('Model').fill(model);
  await price.getByLabel('Input', { exact: true }).fill('1000');
  await price.getByLabel('Output').fill('1000');
  await price.getByRole('button', { name: 'Set it' }).click();
  await expect(page.getByRole('table', { name: 'Prices' }).getByText(model)).toBeVisible();

  await operator.press('New budget');
  const form = page.getByRole('dialog');
  await form.getByRole('combobox', { name: 'For' }).click();
  await page.getByRole('option', { name: 'Each run' }).click();
  await form.getByLabel('Limit, in dollars').fill('0.10');
  await form.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText('hard: holds and asks')).toBeVisible();

  await given.openEditor(writing);
  await operator.runWithValues({ notes: 'late order' });
  await operator.seeNode('write', 'waiting');
  await expect(operator.node('write')).toContainText('budget used up');
  await operator.openRun();
  const run = page.url();

  await page.goto(run.replace(/runs\/.*/, 'inbox'));
  await page.getByRole('link').filter({ hasText: 'over budget' }).first().click();
  await expect(page.getByRole('heading', { name: 'Over budget. What now?' })).toBeVisible();
  await page.getByLabel(/^Raise to/).fill('0.11');
  await expect(page.getByText(/needs a budget of at least/)).toBeVisible();
  await page.getByLabel(/^Raise to/).fill('5');
  await operator.press('Raise and go on');

  await page.goto(run);
  await operator.seeRun('Done');

  await operator.goTo('Spend');
  const parts = page.getByRole('table', { name: 'Spend by part' });
  await expect(parts.getByText('Letter')).toBeVisible();
  await page.getByRole('combobox', { name: 'By' }).click();
  await page.getByRole('option', { name: 'Model' }).click();
  await expect(parts.getByText('rehearsal-1')).toBeVisible();
  await expect(page.getByRole('link', { name: 'CSV' })).toHaveAttribute('href', /\/api\/spend\?/);
});

test('the page Spend fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/p/${await new Given(page).project('On a phone')}/spend`);
  await expect(page.getByRole('heading', { name: 'Budgets' })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
