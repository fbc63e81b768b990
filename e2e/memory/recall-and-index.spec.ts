import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';

/** Enough passages for an embedder to learn from. */
const goods = ['tea', 'cheese', 'anchovies', 'beer', 'syrup', 'noodles', 'chocolate'];
const orders = Array.from({ length: 210 }, (_, at) => `${at},${goods[at % goods.length]},${at * 3} boxes`);

test('what should be found is marked and imported, the share is told, and another embedder is compared on it', async ({
  page,
}) => {
  const given = new Given(page);
  const projectId = await given.project('What is found');
  await given.fact({ subject: 'Chai', relation: 'price', object: '18 a box' });
  await given.fact({ subject: 'Konbu', relation: 'origin', object: 'Hokkaido' });
  await page.goto(`/p/${projectId}/memory`);
  const tab = (name: string) => page.getByRole('tab', { name });

  await test.step('the index says how it stands', async () => {
    await tab('Documents').click();
    await page.locator('input[aria-label="Documents"]').setInputFiles({
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`order,goods,amount\n${orders.join('\n')}\n`),
    });
    await expect(page.getByRole('list', { name: 'Documents' })).toContainText('210 passages');
    await tab('Index').click();
    await expect(page.getByText('Whole: it holds all 212 passages')).toBeVisible();
  });

  await test.step('a search is judged, and what it missed is named', async () => {
    const search = page.getByLabel('Search memory');
    await search.fill('What does Chai cost?');
    const found = page.getByRole('list', { name: 'Found' });
    const chai = found.getByRole('listitem').filter({ hasText: '18 a box' });
    await chai.getByRole('button', { name: 'Should be found' }).click();
    await expect(chai.getByRole('button', { name: 'Should be found' })).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Mark what should be found' }).click();
    const dialog = page.getByRole('dialog', { name: 'What should be found' });
    await dialog.getByLabel('Search by other words').fill('Konbu');
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'Hokkaido' })
      .getByRole('button', { name: 'Should be found' })
      .click();
    await page.keyboard.press('Escape');
    await search.fill('');
  });

  await test.step('a set is imported line by line, and the share is told', async () => {
    await tab('Recall').click();
    await page.locator('input[aria-label="Recall set"]').setInputFiles({
      name: 'set.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('question,expected\nWhere is Konbu from?,Hokkaido\nWho knows?,unheard of\n'),
    });
    await expect(page.getByText('1 mark added for 2 questions, 1 line left out.')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Lines left out' })).toContainText(
      'Line 2: Nothing that is remembered',
    );
    const set = page.getByRole('list', { name: 'Recall set' });
    await expect(set.getByText('1 of 1 found')).toBeVisible();
    await expect(page.getByText(/^\d+ %$/)).toBeVisible();
  });

  await test.step('another embedder is built beside, compared, switched to, and the old one brought back', async () => {
    await tab('Index').click();
    const embedder = page.getByRole('region', { name: 'Embedder' });
    const before = (await embedder.locator('code').first().textContent()) ?? '';
    await embedder.getByRole('button', { name: 'Build its index' }).click();
    await expect(embedder.getByRole('status')).toContainText('complete, 212 of 212 passages');
    await expect(embedder.getByLabel('Comparison')).toContainText('on 2 questions');
    await embedder.getByRole('button', { name: 'Switch to it' }).click();
    await embedder.getByRole('button', { name: `Bring back ${before}` }).click();
    await expect(embedder.locator('code').first()).toHaveText(before);
    await page.getByRole('button', { name: 'Rebuild from what is stored' }).click();
    await expect(page.getByText('Index rebuilt')).toBeVisible();
  });
});
