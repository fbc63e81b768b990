import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';

test('what is forgotten next follows the policy; what is kept stays and can be let go; an item is weighed and corrected', async ({
  page,
}) => {
  const given = new Given(page);
  const projectId = await given.project('What is forgotten');
  await given.fact({ subject: 'Chai', relation: 'price', object: '18' });
  await page.goto(`/p/${projectId}/memory`);
  const tab = (name: string) => page.getByRole('tab', { name });
  await tab('Documents').click();
  const note = (name: string) => ({
    name: `${name}.md`,
    mimeType: 'text/markdown',
    buffer: Buffer.from(`# ${name}\n\nAbout ${name}.`),
  });
  await page.locator('input[aria-label="Documents"]').setInputFiles([note('tea'), note('beer')]);
  await expect(page.getByRole('list', { name: 'Documents' }).getByText('1 passage')).toHaveCount(2);

  await tab('Forgotten next').click();
  const next = page.getByRole('list', { name: 'Forgotten next' });
  await expect(next.getByRole('listitem')).toHaveCount(2);
  await next.getByRole('listitem').filter({ hasText: 'About beer' }).getByRole('button', { name: 'Keep' }).click();
  const kept = page.getByRole('list', { name: 'Kept by you' });
  await expect(kept).toContainText('About beer');
  await expect(next.getByRole('listitem')).toHaveCount(1);

  await page.getByRole('button', { name: 'Change the policy' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is kept, and for how long' });
  await dialog.getByLabel('Items at most').fill('2');
  await expect(dialog).toContainText('1 item of now would be due within the hour.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(next).toContainText('Memory holds 3 of 2 items');
  await next.getByRole('button', { name: 'Forget' }).click();
  await expect(page.getByRole('list', { name: 'Forgotten', exact: true })).toContainText('1 item');
  await kept.getByRole('button', { name: 'Let go' }).click();
  await expect(next).toContainText('About beer');

  await tab('Remembered').click();
  await page.getByRole('listitem').filter({ hasText: 'Chai' }).getByRole('button', { name: 'Details' }).click();
  const item = page.getByRole('dialog', { name: 'Memory' });
  await item.getByRole('combobox', { name: 'Importance' }).click();
  await page.getByRole('option', { name: 'High importance' }).click();
  await expect(item).toContainText('importance 0.9');
  await item.getByRole('button', { name: 'Correct' }).click();
  await item.getByLabel('What is right').fill('19');
  await item.getByLabel('Why it was wrong').fill('Last year’s list');
  await item.getByRole('button', { name: 'Correct' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'price: 19' })).toBeVisible();
});
