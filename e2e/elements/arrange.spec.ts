import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';
import { longChain } from '../driver/graphs-large.ts';

test('what is selected is aligned and distributed, from menu, palette and inspector, one undo each', async ({
  page,
}) => {
  await new Given(page).openEditor(mailPipeline('Align'));
  const drawing = new Drawing(page);
  const at = async (id: string) => await boxOf(drawing.card(id));
  const before = [await at('start'), await at('generate'), await at('result')];

  await drawing.select('start', 'generate', 'result');
  await drawing.card('start').locator('header').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Align and distribute' }).hover();
  await page.getByRole('menuitem', { name: 'Align bottom' }).click();
  await expect.poll(async () => (await at('start')).y).toBe(before[2]?.y);
  await drawing.doByName('align left');
  await expect.poll(async () => (await at('result')).x).toBe(before[0]?.x);
  await drawing.undo(2);
  await expect.poll(async () => [await at('start'), await at('generate'), await at('result')]).toEqual(before);

  await drawing.selectNothing();
  await drawing.drag(drawing.card('generate'), { x: -24, y: 120 });
  await drawing.select('start', 'generate', 'result');
  await drawing.inspector.getByRole('button', { name: 'Distribute horizontally' }).click();
  await expect.poll(async () => (await at('generate')).x).toBe(before[1]?.x);
  await drawing.inspector.getByRole('button', { name: 'Align top' }).click();
  await expect.poll(async () => (await at('generate')).y).toBe(before[0]?.y);
});

test('tidy places all, or what is selected, and is one undo', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Tidy'));
  const drawing = new Drawing(page);
  const at = async (id: string) => await boxOf(drawing.card(id));
  const [start, result] = [await at('start'), await at('result')];

  // Cards glide to their places.
  const seeApart = async (from: string, to: string, axis: 'x' | 'y', px: number) =>
    await expect.poll(async () => (await at(to))[axis] - (await at(from))[axis]).toBe(px);

  await drawing.drag(drawing.card('generate'), { x: 30, y: 130 });
  await drawing.press('Escape', 'Shift+L');
  await seeApart('start', 'generate', 'y', 0);
  await seeApart('start', 'result', 'y', 0);
  await drawing.undo(2);

  await drawing.select('generate', 'result');
  await drawing.press('Shift+L');
  await seeApart('generate', 'result', 'y', 0);
  await seeApart('start', 'generate', 'x', 244);
  await drawing.undo();
  await seeApart('start', 'result', 'y', result.y - start.y);
});

test('a thousand nodes are tidied beside the page, which goes on answering', async ({ page }) => {
  await new Given(page).openEditor(longChain('Tidy much', 1_000));
  const drawing = new Drawing(page);
  await expect(page.locator('[data-node]').first()).toBeVisible();
  await page.evaluate(watchFrames);
  await drawing.press('Shift+L');
  await expect(page.getByRole('button', { name: 'Undo: Tidy' })).toBeEnabled({ timeout: 60_000 });
  const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  expect(seen.said).toMatch(/^Tidying 1.?000 nodes …$/);
  expect(seen.frames).toBeGreaterThan(2);
  expect(seen.worstGapMs).toBeLessThan(2_000);
});

/** What the page showed while it said that it was busy, and how long it kept the screen waiting. */
type Seen = { said: string; frames: number; worstGapMs: number };

function watchFrames(): void {
  const seen: Seen = { said: '', frames: 0, worstGapMs: 0 };
  (window as unknown as { seen: Seen }).seen = seen;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    const said = document.querySelector('.sg-busy')?.textContent;
    if (said) {
      seen.said = said;
      seen.frames++;
      seen.worstGapMs = Math.max(seen.worstGapMs, now - last);
    }
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
