import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';

test('memory by its tiers: documents are imported, facts corrected, and what is forgotten next is kept or forgotten', async ({
  page,
}) => {
  const given = new Given(page);
  const projectId = await given.project('What is remembered');
  await given.fact({ subject: 'Chai', relation: 'price', object: '18' });
  await page.goto(`/p/${projectId}/memory`);
  const tab = (name: string) => page.getByRole('tab', { name });

  await test.step('several files: those that are documents are read, the other says what is wrong with it', async () => {
    await tab('Documents').click();
    await page.locator('input[type=file]').setInputFiles([
      {
        name: 'terms.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('# Returns\n\nWithin thirty days, unopened.'),
      },
      { name: 'lying.pdf', mimeType: 'application/pdf', buffer: Buffer.from('PK\u0003\u0004 an archive') },
    ]);
    await expect(page.getByRole('list', { name: 'Not imported' })).toContainText('lying.pdf says that it is a PDF');
    const row = page.getByRole('list', { name: 'Documents' }).getByRole('listitem').filter({ hasText: 'terms.md' });
    await expect(row).toContainText('read');
    await expect(row).toContainText('1 passage');
  });

  await test.step('a correction is a new fact with its reason', async () => {
    await tab('Facts').click();
    const facts = page.getByRole('list', { name: 'Facts' });
    await facts.getByRole('button', { name: 'Correct' }).click();
    const dialog = page.getByRole('dialog', { name: 'Correct a fact' });
    await dialog.getByLabel('What is right').fill('19');
    await expect(dialog.getByRole('button', { name: 'Correct' })).toBeDisabled();
    await dialog.getByLabel('Why it was wrong').fill('Last year’s list');
    await dialog.getByRole('button', { name: 'Correct' }).click();
    await expect(facts.getByRole('listitem')).toHaveCount(1);
    await expect(facts).toContainText('19');
    await page.getByRole('radio', { name: 'With history' }).click();
    await expect(facts.getByRole('listitem').filter({ hasText: '18' })).toContainText('corrected');
    await expect(facts).toContainText('Last year’s list');
  });

  await test.step('a fact that does not hold is marked where it is remembered', async () => {
    await tab('Remembered').click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Chai · price: 18' })).toContainText(
      'corrected by 19 on',
    );
  });

  await test.step('an item tells its passages and who used it', async () => {
    await tab('Remembered').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'thirty days' })
      .getByRole('button', { name: 'Details' })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Memory' });
    await expect(dialog.getByRole('region', { name: 'Passages' })).toContainText('Within thirty days, unopened.');
    await expect(dialog.getByRole('region', { name: 'Used by' })).toContainText('No run was given it yet.');
    await page.keyboard.press('Escape');
  });

  await test.step('what is forgotten next, and why', async () => {
    await tab('Forgotten next').click();
    const next = page.getByRole('list', { name: 'Forgotten next' });
    await expect(next).toContainText('Only once memory holds more than 200,000 items');
    await next.getByRole('button', { name: 'Forget' }).first().click();
    await expect(page.getByText('Nothing will be forgotten')).toBeVisible();
    await tab('Documents').click();
    await expect(page.getByText('No documents yet')).toBeVisible();
  });
});
