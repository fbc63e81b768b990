import { expect, test } from '@playwright/test';
import { Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('Ctrl+K does anything by its name, goes to nodes and adds them, and says why something cannot be done', async ({
  page,
}) => {
  await new Given(page).openEditor(mailPipeline('Palette'));
  const drawing = new Drawing(page);
  const palette = page.getByRole('dialog', { name: 'All actions' });
  const first = palette.getByRole('option').first();

  await drawing.press('ControlOrMeta+k');
  await palette.getByRole('combobox').fill('algn lft');
  await expect(first).toContainText('Align left');
  await expect(first).toContainText('Select two things first');
  await expect(first).toHaveAttribute('aria-disabled', 'true');
  await palette.getByRole('combobox').fill('tidy');
  await expect(first).toContainText('⇧ L');
  await page.keyboard.press('Escape');

  await drawing.doByName('result');
  await drawing.seeSelected('result');
  await drawing.doByName('disable');
  await expect(drawing.card('result').getByText('Disabled')).toBeVisible();
  await drawing.doByName('undo');
  await expect(drawing.card('result').getByText('Disabled')).toHaveCount(0);
  await drawing.doByName('add send e-mail');
  await expect(page.locator('[data-node^="send"]')).toBeVisible();
  await drawing.doByName('rename');
  await drawing.writeInPlace('Title of the node', 'Mail it', 'Enter');
  await expect(drawing.card('mail_it')).toBeVisible();
});
