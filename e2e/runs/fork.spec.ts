import { expect, test } from '@playwright/test';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

const greeting = pipelineFile(
  'Greeting',
  [
    startWith('person'),
    {
      id: 'draft',
      type: 'llm.generate',
      version: 1,
      title: 'Draft',
      inputs: { prompt: { kind: 'template', template: 'Greet {{ run.input.person }}.' } },
    },
    outputOf('greeting', 'nodes.draft.text'),
  ],
  ['fired', 'ok'],
);

test('a run is looked at as it was, and forked from a checkpoint with an edited value', async ({ page }) => {
  const operator = new Operator(page);
  await operator.open();
  await operator.createProject('To be forked');
  await operator.import(greeting);
  await operator.runWithValues({ person: 'Maria Anders' });
  await operator.seeNode('result', 'done');
  await operator.openRun();
  const original = page.url();
  await operator.seeRun('Done');

  await page.keyboard.press('t');
  const travel = page.getByRole('region', { name: 'Time travel' });
  await expect(travel.getByRole('slider', { name: 'Checkpoint' })).toBeVisible();
  await expect(travel.getByText('After Output')).toBeVisible();
  await travel.getByRole('button', { name: 'The checkpoint before' }).click();
  await expect(travel.getByText('After Draft')).toBeVisible();
  await operator.seeNode('draft', 'done');
  await expect(operator.node('result')).not.toHaveAttribute('data-status', 'done');

  await travel.getByRole('button', { name: /^Fork from here/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Fork R-/ });
  const value = dialog.getByRole('textbox', { name: 'The value as JSON' });
  await expect(value).toContainText('Maria Anders');
  await value.fill('{"text": "Good morning, Maria."}');
  await dialog.getByRole('button', { name: 'Fork with 1 edit' }).click();

  await expect(page.getByRole('link', { name: /^from R-/ })).toBeVisible();
  expect(page.url()).not.toBe(original);
  await operator.seeRun('Done');
  await expect(operator.result.getByText('Good morning, Maria.')).toBeVisible();
});
