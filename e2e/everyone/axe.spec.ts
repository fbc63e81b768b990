import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Operator } from '../driver/operator.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** What axe calls serious or critical. Between themes only colours differ. */
async function barriers(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const axe = new AxeBuilder({ page });
  const { violations } = await (theme === 'light' ? axe.withTags(wcag) : axe.withRules(['color-contrast'])).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${theme}, ${id} at ${target.join(' ')}: ${any[0]?.message ?? ''}`),
    );
}

const places = [
  'today',
  'pipelines',
  'templates',
  'runs',
  'inbox',
  'memory',
  'entities',
  'outbox',
  'spend',
  'settings',
];

test('no page has a serious barrier, in light or dark', async ({ page }) => {
  const operator = new Operator(page);
  await operator.open();
  await operator.createProject('For everybody');
  await operator.installTemplate('Sales follow-up');
  await operator.runOnSample();
  await operator.seeNode('approve', 'waiting');
  await operator.select('draft');
  expect.soft(await barriers(page, 'light')).toEqual([]);
  expect.soft(await barriers(page, 'dark')).toEqual([]);
  const run = await page.getByRole('link', { name: 'Open the run' }).getAttribute('href');
  const project = page.url().replace(/\/pipelines\/.*/, '');
  for (const address of [...places.map((place) => `${project}/${place}`), run ?? ''])
    await test.step(address, async () => {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('main .skeleton')).toHaveCount(0);
      expect.soft(await barriers(page, 'light')).toEqual([]);
      expect.soft(await barriers(page, 'dark')).toEqual([]);
    });
});
