import { expect, test } from '@playwright/test';
import { Operator } from '../driver/operator.ts';

test.beforeEach(async ({ page }) => {
  await new Operator(page).open();
});

test('a drawn pipeline is compiled while it is drawn, undone, redone, and still there after a reload', async ({
  page,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
  const operator = new Operator(page);
  await operator.newPipeline('Drawn by hand');
  await operator.addNode('Start by hand');
  await operator.seeNodes(1);
  await operator.addNode('Send e-mail');
  await operator.seeNodes(2);
  await expect(page.getByRole('list', { name: 'Errors' }).getByText(/"To" of .* has no value/)).toBeVisible();
  await operator.undo();
  await operator.seeNodes(1);
  await operator.redo();
  await operator.seeNodes(2);
  await operator.seeSaved();
  await page.reload();
  await operator.seeNodes(2);
  expect(refused).toEqual([]);
});

test('one Escape closes a dialog', async ({ page }) => {
  const operator = new Operator(page);
  await operator.newPipeline('Escape');
  await operator.addNode('Start by hand');
  await operator.seeNodes(1);
  await page
    .getByRole('button', { name: /^Run\b/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
