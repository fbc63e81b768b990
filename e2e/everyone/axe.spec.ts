import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { Operator } from '../driver/operator.ts';

/** Rules of WCAG 2.2 A and AA; what axe calls serious or critical. */
async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`)
          .slice(0, 4)
          .join(' | ')}`,
    );
}

test('no page has a serious barrier, in light or dark', async ({ page }) => {
  test.setTimeout(180_000);
  const operator = new Operator(page);
  await operator.open();
  await operator.createProject('For everybody');
  await operator.goTo('Pipelines');
  await operator.installTemplate('Sales follow-up');
  await operator.runOnSample();
  await operator.seeNode('approve', 'waiting');
  await operator.select('draft');
  const editor = page.url();
  const project = editor.replace(/\/pipelines\/.*/, '');
  const places = [
    'today',
    'pipelines',
    'templates',
    'runs',
    'runs/1',
    'inbox',
    'memory',
    'entities',
    'outbox',
    'settings',
  ];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const address of [editor, ...places.map((place) => `${project}/${place}`)]) {
      await test.step(`${theme} ${address.replace(project, '')}`, async () => {
        await page.goto(address);
        await expect(page.locator('h1').first()).toBeVisible();
        if (address === editor) await operator.select('draft');
        await page.waitForLoadState('networkidle');
        expect.soft(await seriousViolations(page)).toEqual([]);
      });
    }
  }
});
