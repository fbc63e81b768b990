import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { oldRequestGraph, Versions } from '../driver/versions.ts';

test('an older node goes on as it is, and is updated by hand: what changes is shown, no edge is lost', async ({
  page,
}) => {
  const operator = new Operator(page);
  const versions = new Versions(page);
  await new Given(page).openEditor(oldRequestGraph('Older nodes'));
  const edges = page.locator('.sg-editor [data-edge]');
  const problems = page.getByRole('region', { name: 'Problems and run' });
  const dialog = page.getByRole('dialog', { name: /^Update/ });
  await expect(problems.getByText(/Written for version 1 of "http.request"; here is version 2/)).toHaveCount(2);
  await expect(operator.node('call').getByLabel(/Written for version 1 of Web request/)).toBeVisible();

  await test.step('its settings are shown and cannot be changed by half', async () => {
    await operator.select('call');
    const other = page.getByRole('region', { name: 'Another version' });
    await expect(other).toContainText('"accept": "text/plain"');
    await other.getByRole('button', { name: 'Update…' }).click();
  });

  await test.step('before and after stand beside each other, and the edge that has no place', async () => {
    const field = dialog.locator('[data-field="config.headers"]');
    await expect(field.locator('del')).toContainText('"accept": "text/plain"');
    await expect(field.locator('ins')).toContainText('"name": "accept"');
    await expect(dialog.getByRole('combobox', { name: /not_found → Output/ })).toHaveText('Keep; it will be a problem');
    await dialog.getByRole('button', { name: 'Update', exact: true }).click();
    await expect(edges).toHaveCount(4);
    await expect(page.locator('[data-field="config.headers"]').first()).toBeVisible();
    await expect(problems.getByText('"call" has no outcome "not_found"')).toBeVisible();
  });

  await test.step('one Undo takes it back; then the operator says where the edge goes', async () => {
    await versions.undo('Update node type');
    await page.getByRole('region', { name: 'Another version' }).getByRole('button', { name: 'Update…' }).click();
    await dialog.getByRole('combobox', { name: /not_found → Output/ }).click();
    await page.getByRole('option', { name: 'Leave by error' }).click();
    await dialog.getByRole('button', { name: 'Update', exact: true }).click();
    await expect(edges).toHaveCount(4);
    await expect(problems.getByText('"call" has no outcome "not_found"')).toBeHidden();
    await versions.undo('Update node type');
  });

  await test.step('all of them at once, from the pipeline itself', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Update all (2)…' }).click();
    await dialog.getByRole('button', { name: 'Update 2 nodes' }).click();
    await expect(problems.getByText(/here is version 2/)).toHaveCount(0);
    await expect(edges).toHaveCount(4);
    await operator.seeSaved();
    await versions.openHistory();
    await expect(versions.entry('Node types updated')).toContainText('Update node types');
  });
});
