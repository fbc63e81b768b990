import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('nodes and notes are grouped in a frame that is named, moved, copied, taken away and deleted as one', async ({
  page,
}) => {
  await new Given(page).openEditor(mailPipeline('Groups'));
  const drawing = new Drawing(page);
  const step = { x: 40, y: 60 };

  await test.step('Ctrl+G draws a frame around what is selected, and asks for its title', async () => {
    await drawing.select('generate', 'result');
    await drawing.note('Never').click({ modifiers: ['Shift'] });
    await drawing.press('ControlOrMeta+g');
    await drawing.writeInPlace('Title of the group', 'Outreach', 'Enter');
    const [frame, card] = [await boxOf(drawing.group('Outreach')), await boxOf(drawing.card('generate'))];
    expect(frame.x).toBeLessThan(card.x);
    expect(frame.y + frame.height).toBeGreaterThan(card.y + card.height);
  });

  await test.step('the frame is taken by its title: what is in it goes along, nothing else does', async () => {
    const [start, generate, note] = [
      await boxOf(drawing.card('start')),
      await boxOf(drawing.card('generate')),
      await boxOf(drawing.note('Never')),
    ];
    await drawing.drag(drawing.titleOf('Outreach'), step);
    // A drag begins some pixels late, once it is sure to be one: what counts is that all go the same way.
    await expect.poll(async () => (await boxOf(drawing.card('generate'))).y).toBeGreaterThan(generate.y + step.y / 2);
    const [moved, movedNote] = [await boxOf(drawing.card('generate')), await boxOf(drawing.note('Never'))];
    expect(Math.round(movedNote.y - note.y)).toBe(Math.round(moved.y - generate.y));
    expect(Math.round(movedNote.x - note.x)).toBe(Math.round(moved.x - generate.x));
    expect(await boxOf(drawing.card('start'))).toEqual(start);
    await drawing.undo();
    await expect.poll(async () => (await boxOf(drawing.card('generate'))).y).toBe(generate.y);
  });

  await test.step('the frame follows what is moved in it', async () => {
    const [frame, card] = [await boxOf(drawing.group('Outreach')), await boxOf(drawing.card('result'))];
    await drawing.drag(drawing.card('result'), { x: 60, y: 0 });
    await expect.poll(async () => (await boxOf(drawing.group('Outreach'))).width).toBeGreaterThan(frame.width + 30);
    const grown = (await boxOf(drawing.group('Outreach'))).width - frame.width;
    expect(Math.round(grown)).toBe(Math.round((await boxOf(drawing.card('result'))).x - card.x));
    await drawing.undo();
  });

  await test.step('what is let go within the frame belongs to it, as one edit', async () => {
    const [frame, card] = [await boxOf(drawing.group('Outreach')), await boxOf(drawing.card('start'))];
    await drawing.drag(drawing.card('start'), { x: frame.x + 24 - card.x, y: frame.y + frame.height - 70 - card.y });
    await drawing.titleOf('Outreach').click();
    await expect(drawing.inspector.getByText('3 nodes and 1 note')).toBeVisible();
    await drawing.undo();
    await expect(drawing.inspector.getByText('2 nodes and 1 note')).toBeVisible();
    expect(Math.round((await boxOf(drawing.card('start'))).x)).toBe(Math.round(card.x));
  });

  await test.step('a marquee inside the frame selects what it touches, not the frame', async () => {
    await drawing.selectNothing();
    const box = await boxOf(drawing.group('Outreach'));
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + box.width - 8, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 60, box.y + 90, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await drawing.seeSelected('result');
    await expect(drawing.group('Outreach')).not.toHaveClass(/is-selected/);
  });

  await test.step('F2 changes its title; a duplicate is a group of its own', async () => {
    await drawing.titleOf('Outreach').click();
    await drawing.press('F2');
    await drawing.writeInPlace('Title of the group', 'First mail', 'Enter');
    await drawing.press('ControlOrMeta+d');
    await expect(drawing.group('First mail')).toHaveCount(2);
    await expect(page.locator('[data-node]')).toHaveCount(5);
    await drawing.undo();
    await expect(drawing.group('First mail')).toHaveCount(1);
  });

  await test.step('Delete takes the frame away and keeps what is in it; the menu deletes both', async () => {
    await drawing.titleOf('First mail').click();
    await drawing.press('Delete');
    await expect(drawing.group('First mail')).toHaveCount(0);
    await expect(page.locator('[data-node]')).toHaveCount(3);
    await drawing.undo();
    await drawing.chooseFromMenu(drawing.titleOf('First mail'), /^Delete with the 3 inside/);
    await expect(page.locator('[data-node]')).toHaveCount(1);
    await drawing.undo();
    await expect(page.locator('[data-node]')).toHaveCount(3);
  });

  await test.step('a node leaves by the menu; Ctrl+Shift+G ungroups', async () => {
    await drawing.chooseFromMenu(drawing.card('result').locator('header'), 'Take out of the group');
    await drawing.titleOf('First mail').click();
    await expect(drawing.inspector.getByText('1 node and 1 note')).toBeVisible();
    await drawing.press('ControlOrMeta+Shift+g');
    await expect(drawing.group('First mail')).toHaveCount(0);
    await drawing.seeSelected('generate');
  });
});
