import { expect, test } from '@playwright/test';
import { Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('Ctrl+F finds names, prompts, expressions and notes, lights them and goes from one to the next', async ({
  page,
}) => {
  await new Given(page).openEditor({
    ...mailPipeline('Find'),
    groups: [{ id: 'g', title: 'Greetings', nodes: ['start'] }],
  });
  const drawing = new Drawing(page);
  const bar = page.locator('search[aria-label="Find in the drawing"]');
  const field = bar.getByRole('textbox');

  await test.step('it says how many there are, where, and with what around it', async () => {
    await drawing.press('ControlOrMeta+f');
    await expect(field).toBeFocused();
    await field.fill('greeting');
    await expect(bar.getByRole('status')).toHaveText('1 of 2');
    await expect(bar.getByText('Title of the group')).toBeVisible();
    await field.press('Enter');
    await expect(bar.getByRole('status')).toHaveText('2 of 2');
    await expect(bar.getByText('Write a warm greeting to {{ run.input.who }}.')).toBeVisible();
    await expect(bar.locator('mark')).toHaveText('greeting');
    await drawing.seeSelected('generate');
    await field.press('Shift+Enter');
    await expect(bar.getByRole('status')).toHaveText('1 of 2');
  });

  await test.step('all hits are lit, the rest steps back', async () => {
    await field.fill('ne');
    await expect(drawing.note('Never')).toHaveClass(/is-hit/);
    await expect(drawing.card('result')).toHaveClass(/is-(hit|current)/);
    await expect(drawing.card('start')).not.toHaveClass(/is-(hit|current)/);
    await field.fill('nodes.generate');
    await expect(bar.getByRole('status')).toHaveText('1 of 1');
    await field.fill('never promise');
    await expect(bar.getByRole('status')).toHaveText('1 of 1');
    await field.fill('no such thing');
    await expect(bar.getByRole('status')).toHaveText('Nothing found');
  });

  await test.step('Escape closes it, and nothing is lit', async () => {
    await field.press('Escape');
    await expect(bar).toHaveCount(0);
    await expect(page.locator('.is-hit, .is-current')).toHaveCount(0);
  });
});
