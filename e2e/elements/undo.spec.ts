import { expect, test } from '@playwright/test';
import { Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('undo covers parameters, and takes typing in one field as one step', async ({ page }) => {
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
});
