import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('a note is written where it stands, changed, resized, and gone when it is left empty', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Notes'));
  const drawing = new Drawing(page);

  await test.step('Shift+S adds one at the pointer, ready to be written; note and text are one edit', async () => {
    const at = await drawing.pointAt({ x: 0.3, y: 0.75 });
    await page.mouse.move(at.x, at.y);
    await drawing.press('Shift+S');
    await drawing.writeInPlace('Text of the note', 'Ask Ann first.', 'Escape');
    await expect(drawing.note('Ask Ann first.')).toBeVisible();
    await drawing.undo();
    await expect(page.locator('[data-note]')).toHaveCount(1);
    await drawing.press('ControlOrMeta+Shift+z');
    await expect(drawing.note('Ask Ann first.')).toBeVisible();
  });

  await test.step('a double click, F2 and Enter change its text', async () => {
    await drawing.note('Ask Ann').dblclick();
    await drawing.writeInPlace('Text of the note', 'Ask Bob first.', 'Escape');
    await drawing.note('Ask Bob').click();
    await drawing.press('F2');
    await drawing.writeInPlace('Text of the note', 'Ask Cid first.', 'Escape');
    await drawing.press('Enter');
    await drawing.writeInPlace('Text of the note', 'Ask nobody.', 'Escape');
    await expect(drawing.note('Ask nobody.')).toBeVisible();
  });

  await test.step('its corner resizes it, dragged or by the arrow keys', async () => {
    const note = drawing.note('Ask nobody.');
    const before = await boxOf(note);
    const corner = page.getByRole('button', { name: 'Resize the note' });
    await drawing.drag(corner, { x: 60, y: 40 });
    await expect.poll(async () => (await boxOf(note)).width).toBeCloseTo(before.width + 60, -1);
    const dragged = await boxOf(note);
    await corner.press('ArrowDown');
    await expect.poll(async () => (await boxOf(note)).height).toBeCloseTo(dragged.height + 12, 0);
  });

  await test.step('one that is left empty is gone', async () => {
    await drawing.note('Ask nobody.').dblclick();
    await drawing.writeInPlace('Text of the note', '', 'Escape');
    await expect(page.locator('[data-note]')).toHaveCount(1);
  });
});
