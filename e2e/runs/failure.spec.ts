import { expect, test } from '@playwright/test';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

const sorting = pipelineFile(
  'Sort an order',
  [
    startWith('amount'),
    {
      id: 'sort',
      type: 'flow.switch',
      version: 1,
      title: 'Large or small?',
      config: { cases: [{ name: 'large', when: 'int(value) >= 100' }] },
      inputs: { value: { kind: 'expr', expr: 'run.input.amount' } },
    },
    outputOf('size', 'nodes.sort.case'),
  ],
  ['fired', 'large'],
);

test('a step that fails asks; tried again with another input it completes the run', async ({ page }) => {
  const operator = new Operator(page);
  await operator.open();
  await operator.createProject('To be retried');
  await operator.import(sorting);
  await operator.runWithValues({ amount: 'many' });
  await operator.seeNode('sort', 'waiting');
  await expect(operator.node('sort')).toContainText('your decision');
  await operator.openRun();
  const run = page.url();

  await page.goto(run.replace(/runs\/.*/, 'inbox'));
  await page.getByRole('link').filter({ hasText: 'failed, your decision' }).first().click();
  await expect(page.getByRole('heading', { name: /EXPRESSION_FAILED/ })).toBeVisible();
  await expect(page.getByText('many', { exact: true })).toBeVisible();
  await page.keyboard.press('e');
  await page.getByRole('form', { name: 'Edit the input' }).getByLabel('Value').fill('250');
  await operator.press('Retry with changes');

  await page.goto(run);
  await operator.seeRun('Done');
  await expect(operator.result.getByText('large')).toBeVisible();
});
