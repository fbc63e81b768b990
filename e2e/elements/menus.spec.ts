import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('each thing has a menu of its own, with the keys that do the same', async ({ page }) => {
  await new Given(page).openEditor({
    ...mailPipeline('Menus'),
    groups: [{ id: 'g', title: 'Mail', nodes: ['result'] }],
  });
  const drawing = new Drawing(page);
  const entries = async () => {
    await expect(page.getByRole('menu')).toBeVisible();
    const shown = await page.getByRole('menuitem').allInnerTexts();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    return shown.map((text) => text.replace(/\s+/g, ' ').trim());
  };
  const open = { button: 'right' } as const;

  await drawing.card('generate').locator('header').click(open);
  expect(await entries()).toEqual(
    expect.arrayContaining([
      'Open ↵',
      'Rename F2',
      'Comment',
      'Disable D',
      'Copy Ctrl C',
      'Group Ctrl G',
      'Delete Del',
    ]),
  );
  await drawing.select('start', 'generate');
  await drawing.card('start').locator('header').click(open);
  expect(await entries()).toEqual(
    expect.arrayContaining(['Duplicate Ctrl D', 'Disable D', 'Tidy ⇧ L', 'Align and distribute', 'Group Ctrl G']),
  );
  await drawing.note('Never').click(open);
  expect(await entries()).toEqual(expect.arrayContaining(['Edit the note F2', 'Cut Ctrl X', 'Delete Del']));
  await drawing.titleOf('Mail').click(open);
  expect(await entries()).toEqual(
    expect.arrayContaining(['Rename F2', 'Ungroup Ctrl ⇧ G', 'Delete with the 1 inside ⇧ Del']),
  );
  const [before, after] = [await boxOf(drawing.card('start')), await boxOf(drawing.card('generate'))];
  const wire = { x: (before.x + before.width + after.x) / 2, y: before.y + 62 };
  const ofTheWire = ['Insert a node here', 'Delete Del'];
  await page.mouse.click(wire.x - 14, wire.y, open);
  expect(await entries()).toEqual(ofTheWire);
  await drawing.titleOf('Mail').click();
  await page.mouse.move(wire.x, wire.y);
  await page.getByRole('button', { name: 'Insert a node here' }).click(open);
  expect(await entries(), 'the plus on the wire belongs to the wire').toEqual(ofTheWire);
  await drawing.titleOf('Mail').click();
  const free = await drawing.pointAt({ x: 0.3, y: 0.8 });
  await page.mouse.click(free.x, free.y, open);
  expect(await entries(), 'the menu of the bare canvas, whatever is selected').toEqual(
    expect.arrayContaining(['Add a node N', 'Add a note ⇧ S', 'Paste Ctrl V', 'Select all Ctrl A', 'Fit 1']),
  );
});

test('a key opens a menu on its first entry, and Escape leads back to where one was', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Menus by key'));
  const trigger = page.getByRole('button', { name: 'Choose what to run' });
  const entries = page.getByRole('menuitem');

  await trigger.focus();
  await page.keyboard.press('Enter');
  await expect(entries.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(entries.nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(trigger).toBeFocused();

  await new Drawing(page).select('generate');
  await page.keyboard.press('Shift+F10');
  await expect(entries.nth(0)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
});
