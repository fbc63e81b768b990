import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('a click in the minimap goes there, a drag pans, groups are drawn', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Minimap'));
  const drawing = new Drawing(page);
  const map = page.locator('.sg-minimap');
  const left = async () => (await boxOf(drawing.card('start'))).x;

  const bare = await map.screenshot();
  await drawing.select('generate', 'result');
  await drawing.press('ControlOrMeta+g', 'Escape');
  await expect.poll(async () => (await map.screenshot()).equals(bare)).toBe(false);

  const [before, box] = [await settled(left), await boxOf(map)];
  await page.mouse.click(box.x + box.width * 0.7, box.y + box.height / 2);
  await expect.poll(left).toBeLessThan(before - 40);
  await page.mouse.click(box.x + box.width * 0.1, box.y + box.height / 2);
  await expect.poll(left).toBeGreaterThan(before + 40);

  const from = await settled(left);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 24, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await left()) - from)).toBeGreaterThan(40);
});

/** What is read once it no longer changes. */
async function settled(read: () => Promise<number>): Promise<number> {
  let last = Number.NaN;
  await expect
    .poll(async () => {
      const before = last;
      last = await read();
      return last === before;
    })
    .toBe(true);
  return last;
}
