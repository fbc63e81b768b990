import { expect, test } from '@playwright/test';
import { Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('undo covers parameters, takes typing in one field as one step, and is 200 deep', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Undo'));
  const drawing = new Drawing(page);
  const undo = page.getByRole('button', { name: /^Undo/ });

  await test.step('typing in one field is one step, another field another', async () => {
    await drawing.select('generate');
    const title = drawing.inspector.getByLabel('Title of the node');
    await title.pressSequentially('Draft');
    const model = drawing.inspector.getByLabel('Model', { exact: true });
    await model.pressSequentially('small');
    await undo.click();
    await expect(model).toHaveValue('');
    await expect(title).toHaveValue('Draft');
    await undo.click();
    await expect(title).toHaveValue('');
    await expect(undo).toBeDisabled();
  });

  await test.step('two hundred steps are kept, the oldest goes first', async () => {
    await drawing.select('result');
    for (let count = 0; count < 201; count++) await page.keyboard.down('d');
    await page.keyboard.up('d');
    await expect(drawing.card('result').getByText('Disabled')).toBeVisible();
    await page.keyboard.down('Control');
    for (let count = 0; count < 199; count++) await page.keyboard.down('z');
    await expect(undo).toBeEnabled();
    await page.keyboard.down('z');
    await page.keyboard.up('z');
    await page.keyboard.up('Control');
    await expect(undo).toBeDisabled();
    await expect(drawing.card('result').getByText('Disabled')).toBeVisible();
  });
});
