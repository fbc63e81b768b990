import { expect, test } from '@playwright/test';
import { Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('a node carries a comment, and is disabled and enabled again', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Remarks'));
  const drawing = new Drawing(page);
  const card = drawing.card('generate');

  await test.step('a comment is written from the menu, shown on hover, and changed by a press on its sign', async () => {
    await drawing.chooseFromMenu(card.locator('header'), 'Comment');
    const field = drawing.inspector.getByLabel('Comment on the node');
    await expect(field).toBeFocused();
    await field.fill('Ask Ann before this is changed.');
    await field.press('Escape');
    await card.getByRole('button', { name: /^Comment: Ask Ann/ }).hover();
    await expect(page.getByRole('tooltip')).toContainText('Ask Ann before this is changed.');
    await drawing.selectNothing();
    await expect(page.getByRole('tooltip'), 'Escape puts an explanation away').toHaveCount(0);
    await card.getByRole('button', { name: /^Comment/ }).click();
    await expect(field).toBeFocused();
  });

  await test.step('an emptied comment leaves nothing behind', async () => {
    await drawing.inspector.getByRole('button', { name: 'Remove the comment' }).click();
    await expect(card.getByRole('button', { name: /^Comment/ })).toHaveCount(0);
  });

  await test.step('D disables: the card says so, the wires through it are dashed', async () => {
    await drawing.select('generate');
    await drawing.press('d');
    await expect(card.getByText('Disabled')).toBeVisible();
    await expect(page.locator('.sg-edge.is-off')).toHaveCount(2);
    await expect(drawing.inspector.getByText(/^Disabled: runs pass over it/)).toBeVisible();
  });

  await test.step('the inspector enables it; the menu and the key do for several', async () => {
    await drawing.inspector.getByRole('button', { name: /^Enable D/ }).click();
    await expect(card.getByText('Disabled')).toHaveCount(0);
    await drawing.select('generate', 'result');
    await drawing.chooseFromMenu(drawing.card('result').locator('header'), /^Disable/);
    await expect(page.getByText('Disabled', { exact: true })).toHaveCount(2);
    await drawing.press('d');
    await expect(page.getByText('Disabled', { exact: true })).toHaveCount(0);
  });
});
