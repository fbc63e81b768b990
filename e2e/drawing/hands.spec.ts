import { expect, test } from '@playwright/test';
import { drawnRow } from '../driver/drawn.ts';
import { pinch, press, swipe } from '../driver/fingers.ts';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { boxOf, middleOf, Wires } from '../driver/wires.ts';

test('many are selected by Shift and Ctrl and by a marquee, and moved as one', async ({ page }) => {
  const wires = new Wires(page);
  const operator = new Operator(page);
  await new Given(page).openEditor(drawnRow('Many at once'));
  await test.step('one by one', async () => {
    await wires.card('recall').click();
    await wires.card('branch').click({ modifiers: ['Shift'] });
    await wires.card('wait').click({ modifiers: ['Control'] });
    expect(await wires.selected()).toEqual(['branch', 'recall', 'wait']);
    await wires.card('wait').click({ modifiers: ['Shift'] });
    expect(await wires.selected()).toEqual(['branch', 'recall']);
  });
  await test.step('by a marquee that only touches them', async () => {
    const [recall, wait] = [await boxOf(wires.card('recall')), await boxOf(wires.card('wait'))];
    await page.keyboard.down('Shift');
    await wires.drag(
      { x: recall.x + 40, y: wait.y + wait.height + 40 },
      { x: recall.x + 60, y: recall.y + recall.height - 10 },
    );
    await wires.letGo();
    await page.keyboard.up('Shift');
    await expect.poll(() => wires.selected()).toEqual(['recall', 'wait']);
  });
  await test.step('all that are selected move, on the grid, in one undo', async () => {
    const [recall, wait] = [await boxOf(wires.card('recall')), await boxOf(wires.card('wait'))];
    const grip = await middleOf(wires.card('wait'));
    await wires.drag(grip, { x: grip.x + 83, y: grip.y + 61 });
    await wires.letGo();
    const moved = await boxOf(wires.card('recall'));
    expect(moved.x).toBeGreaterThan(recall.x + 60);
    expect(Math.round(moved.x - recall.x)).toBe(Math.round((await boxOf(wires.card('wait'))).x - wait.x));
    const placed = await page
      .locator('.react-flow__node[data-id="recall"]')
      .evaluate((node) => (node as HTMLElement).style.transform);
    const [x = 1, y = 1] = [...placed.matchAll(/-?[\d.]+(?=px)/g)].map(([text]) => Number(text));
    expect([Math.abs(x % 4), Math.abs(y % 4)]).toEqual([0, 0]);
    await operator.undo();
    await expect.poll(async () => (await boxOf(wires.card('recall'))).x).toBe(recall.x);
  });
  await test.step('a click on one of them selects it alone', async () => {
    await wires.card('recall').click();
    await expect.poll(() => wires.selected()).toEqual(['recall']);
  });
});

test('space and the middle button pan, the wheel zooms at the pointer, two fingers pan, a pinch zooms', async ({
  page,
}) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Hands on the canvas'));
  const zoom = page
    .getByRole('button', { name: /^\d+ %/ })
    .or(page.locator('.sg-zoom-value'))
    .first();
  const place = () => boxOf(wires.card('recall'));
  const from = await place();
  const on = { x: from.x + 60, y: from.y + 20 };
  await test.step('space, also where the drag begins on a card', async () => {
    await page.keyboard.down(' ');
    await wires.drag(on, { x: on.x + 50, y: on.y + 40 });
    await wires.letGo();
    await page.keyboard.up(' ');
    await expect.poll(async () => Math.round((await place()).x - from.x)).toBe(50);
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  });
  await test.step('the middle button', async () => {
    await page.mouse.move(on.x + 50, on.y + 40);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(on.x, on.y, { steps: 3 });
    await page.mouse.up({ button: 'middle' });
    await expect.poll(async () => Math.round((await place()).x - from.x)).toBe(0);
  });
  await test.step('the wheel zooms, and what is under the pointer stays there', async () => {
    const before = (await zoom.textContent()) ?? '';
    await page.mouse.move(from.x, from.y);
    await page.mouse.wheel(0, 240);
    await expect(zoom).not.toHaveText(before);
    await expect.poll(async () => Math.abs((await place()).x - from.x)).toBeLessThan(2);
  });
  await test.step('sideways it pans', async () => {
    const [before, level] = [await place(), (await zoom.textContent()) ?? ''];
    await page.mouse.wheel(40, 0);
    await expect.poll(async () => Math.round((await place()).x - before.x)).toBe(-40);
    await expect(zoom).toHaveText(level);
  });
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1024, height: 768 } });

  test('a tap selects, a drag pans, a tap on a handle and on a card connects, a long press opens the menu', async ({
    page,
  }) => {
    const wires = new Wires(page);
    await new Given(page).openEditor(drawnRow('By finger'));
    await test.step('a tap selects', async () => {
      await wires.card('wait').tap();
      expect(await wires.selected()).toEqual(['wait']);
    });
    await test.step('a tap on a handle, then on a card, connects', async () => {
      await wires.outcome('branch', 'false').tap();
      await expect(page.getByText('Tap what follows')).toBeVisible();
      await expect(page.locator('.react-flow__node[data-id="wait"]')).toHaveAttribute('data-fits', '');
      await wires.card('wait').tap();
      await expect(wires.edge('branch', 'wait')).toBeAttached();
      await expect(page.getByText('Tap what follows')).toBeHidden();
    });
    await test.step('on empty canvas it asks what follows', async () => {
      await wires.outcome('remember', 'ok').tap();
      const empty = await wires.emptyAt(380, 420);
      await page.touchscreen.tap(empty.x, empty.y);
      await expect(page.getByRole('dialog', { name: 'What follows?' })).toBeVisible();
      await page.keyboard.press('Escape');
    });
    await test.step('a finger that moves on a card which is not selected pans; nothing is dragged by accident', async () => {
      const [start, recall] = [await boxOf(wires.card('start')), await boxOf(wires.card('recall'))];
      await swipe(page, await middleOf(wires.card('recall')), { x: 40, y: 60 });
      await expect.poll(async () => Math.round((await boxOf(wires.card('recall'))).y - recall.y)).toBeGreaterThan(40);
      const moved = Math.round((await boxOf(wires.card('recall'))).y - recall.y);
      expect(Math.round((await boxOf(wires.card('start'))).y - start.y)).toBe(moved);
    });
    await test.step('a long press opens the menu of what it rests on', async () => {
      const at = await middleOf(wires.card('start'));
      await press(page, at);
      await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
      expect(await wires.selected()).toEqual(['start']);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toBeHidden();
    });
    await test.step('two fingers zoom', async () => {
      const before = (await boxOf(wires.card('recall'))).width;
      await pinch(page, await middleOf(wires.card('wait')), { from: 60, to: 140 });
      await expect.poll(async () => (await boxOf(wires.card('recall'))).width).toBeGreaterThan(before * 1.3);
    });
  });
});
