import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('the keys work on the drawing, and never while something is typed', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Keys'));
  const drawing = new Drawing(page);
  const zoom = page.getByRole('button', { name: 'Zoom to 100 %' });

  await test.step('+ and − zoom, 0 resets, 1 fits', async () => {
    await drawing.press('-', '-');
    await expect(zoom).toHaveText('64 %');
    await drawing.press('+');
    await expect(zoom).toHaveText('80 %');
    await drawing.press('0');
    await expect(zoom).toHaveText('100 %');
    await drawing.press('-');
    await expect(zoom).toHaveText('80 %');
    await drawing.press('1');
    await expect(zoom).toHaveText('100 %');
  });

  await test.step('arrows nudge what is selected, with Shift further', async () => {
    await drawing.select('result');
    const before = await boxOf(drawing.card('result'));
    await drawing.press('ArrowRight', 'Shift+ArrowDown');
    const moved = async () => {
      const { x, y } = await boxOf(drawing.card('result'));
      return [Math.round(x - before.x), Math.round(y - before.y)];
    };
    await expect.poll(moved).toEqual([4, 24]);
  });

  await test.step('Enter opens, Escape selects nothing, Ctrl+A all', async () => {
    await drawing.press('Enter');
    await expect(drawing.inspector.locator('[data-field] :focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__pane').click({ position: { x: 300, y: 560 } });
    await expect(page.locator('.sg-card.is-selected')).toHaveCount(0);
    await drawing.press('ControlOrMeta+a');
    await expect(page.locator('.sg-card.is-selected')).toHaveCount(3);
  });

  await test.step('N brings the library to hand; there, letters are letters', async () => {
    await drawing.press('n');
    const search = page.getByLabel('Add a node');
    await expect(search).toBeFocused();
    await search.pressSequentially('d1?');
    await expect(search).toHaveValue('d1?');
    await expect(page.getByText('Disabled', { exact: true })).toHaveCount(0);
    await search.press('Delete');
    await expect(page.locator('[data-node]')).toHaveCount(3);
    await search.fill('');
    await search.press('Escape');
  });

  await test.step('? shows them all', async () => {
    await page.locator('.react-flow__pane').click({ position: { x: 300, y: 560 } });
    await drawing.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    for (const text of [
      'Undo',
      'Group',
      'Disable or enable',
      'Tidy',
      'Find in the drawing',
      'Zoom in',
      'Run the draft',
    ])
      await expect(keys.getByText(text, { exact: true })).toBeVisible();
  });
});
