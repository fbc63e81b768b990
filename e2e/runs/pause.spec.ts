import { expect, test } from '@playwright/test';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

const asking = pipelineFile(
  'Ask first',
  [
    startWith('text'),
    {
      id: 'ask',
      type: 'human.approval',
      version: 1,
      title: 'Ask me',
      config: { title: 'May this go out?', fields: [{ name: 'text' }] },
      inputs: { text: { kind: 'expr', expr: 'run.input.text' } },
    },
    outputOf('text', 'nodes.ask.text'),
  ],
  ['fired', 'approved'],
);

test('a paused run says why it does not move, and goes on when it is resumed', async ({ page, context }) => {
  const operator = new Operator(page);
  await operator.open();
  await operator.createProject('To be paused');
  await operator.import(asking);
  await operator.runWithValues({ text: 'Paused letter' });
  await operator.seeNode('ask', 'waiting');
  await operator.openRun();
  await operator.seeRun(/Waiting · approval/);

  await operator.press('Why is this not moving?');
  const why = page.getByRole('region', { name: 'Why is this not moving?' });
  await expect(why.getByText('Ask me', { exact: true })).toBeVisible();
  await expect(why.getByRole('link', { name: 'Decide it' })).toBeVisible();
  await page.keyboard.press('Escape');

  await operator.press(/^Pause/);
  await operator.seeRun(/paused/);
  const tab = await context.newPage();
  await tab.goto(page.url().replace(/runs\/.*/, 'inbox'));
  await tab.getByRole('link').filter({ hasText: 'May this go out?' }).first().click();
  await tab.getByRole('button', { name: /^Approve/ }).click();
  await expect(tab.getByText('Approved', { exact: true })).toBeVisible();
  await tab.close();

  await operator.press('Why is this not moving?');
  await expect(why.getByText(/paused/i).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(operator.node('result')).not.toHaveAttribute('data-status', 'done');
  await operator.press(/^Resume/);
  await operator.seeRun('Done');
  await expect(operator.result.getByText('Paused letter')).toBeVisible();
});
