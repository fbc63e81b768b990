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

/** Each opens on a project where a run waits for an approval. */
const walks: Record<string, string[]> = {
  'the editor and the daily round': ['editor', 'today', 'pipelines', 'templates', 'runs', 'inbox'],
  'a run and what is known': ['run', 'memory', 'entities', 'outbox', 'spend', 'settings'],
};

for (const [name, places] of Object.entries(walks))
  test(`no page has a serious barrier, in light or dark: ${name}`, async ({ page }) => {
    const operator = new Operator(page);
    await operator.open();
    await operator.createProject(`For everybody: ${name}`);
    await operator.installTemplate('Sales follow-up');
    await operator.runOnSample();
    await operator.seeNode('approve', 'waiting');
    await operator.select('draft');
    const run = await page.getByRole('link', { name: 'Open the run' }).getAttribute('href');
    const project = page.url().replace(/\/pipelines\/.*/, '');
    for (const place of places)
      await test.step(place, async () => {
        if (place !== 'editor') await page.goto(place === 'run' ? (run ?? '') : `${project}/${place}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('main .skeleton')).toHaveCount(0);
        expect.soft(await barriers(page, 'light')).toEqual([]);
        expect.soft(await barriers(page, 'dark')).toEqual([]);
      });
  });
