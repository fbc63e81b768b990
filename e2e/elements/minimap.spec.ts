import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test('a click in the minimap goes there, a drag pans, groups are drawn', async ({ page }) => {
  await new Given(page).openEditor({
    ...mailPipeline('Minimap'),
    groups: [{ id: 'g', title: 'Mail', nodes: ['generate', 'result'] }],
  });
  const drawing = new Drawing(page);
  const map = page.locator('.sg-minimap svg');
  const canvas = await boxOf(page.getByRole('main', { name: 'Canvas' }));
  const middle = canvas.x + canvas.width / 2;
  const centreOf = async (id: string) => {
    const { x, width } = await boxOf(drawing.card(id));
    return x + width / 2;
  };
  await expect(map.locator('.sg-minimap-group')).toHaveCount(1);

  const dot = await boxOf(map.locator('.sg-minimap-node').last());
  await page.mouse.click(dot.x + dot.width / 2, dot.y + dot.height / 2);
  await expect.poll(async () => Math.abs((await centreOf('result')) - middle)).toBeLessThan(12);

  const before = await centreOf('result');
  const box = await boxOf(map);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => await centreOf('result')).toBeLessThan(before - 40);
});
