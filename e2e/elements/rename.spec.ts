import { expect, test } from '@playwright/test';
import { Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('F2 renames a card where it stands: an id that nobody chose follows, and every reference with it', async ({
  page,
}) => {
  await new Given(page).openEditor(mailPipeline('Rename'));
  const drawing = new Drawing(page);

  await drawing.select('generate');
  await drawing.press('F2');
  await drawing.writeInPlace('Title of the node', 'Draft the letter', 'Enter');
  await expect(drawing.card('draft_the_letter').getByRole('heading')).toHaveText('Draft the letter');
  await drawing.seeSelected('draft_the_letter');
  await drawing.select('result');
  await expect(drawing.inspector.getByText('nodes.draft_the_letter.text').first()).toBeVisible();

  await drawing.undo();
  await expect(drawing.card('generate').getByRole('heading')).toHaveText('Generate');
  await expect(drawing.inspector.getByText('nodes.generate.text').first()).toBeVisible();

  await test.step('an id that was chosen stays', async () => {
    await drawing.select('generate');
    const id = drawing.inspector.getByLabel(/^Id of the node/);
    await id.fill('writer');
    await id.press('Enter');
    await drawing.card('writer').getByRole('heading').dblclick();
    await drawing.writeInPlace('Title of the node', 'Letter', 'Enter');
    await expect(drawing.card('writer').getByRole('heading')).toHaveText('Letter');
  });

  await test.step('Escape leaves the title as it was', async () => {
    await drawing.press('F2');
    await drawing.writeInPlace('Title of the node', 'Other', 'Escape');
    await expect(drawing.card('writer').getByRole('heading')).toHaveText('Letter');
  });
});
