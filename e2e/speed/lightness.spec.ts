import { gzipSync } from 'node:zlib';
import { expect, type Page, type Response, test } from '@playwright/test';
import { largePipeline } from '../bench/editor/graphs.ts';
import { Given } from '../driver/given.ts';

const firstLoadKb = 450;

test('moving one node of 300 touches that node alone, and looking around touches none', async ({ page }) => {
  await new Given(page).openEditor(largePipeline(300));
  await expect(page.locator('.react-flow__node')).toHaveCount(300);
  const card = page.locator('.react-flow__node[data-id="m20"]');
  const box = await card.boundingBox();
  if (!box) throw new Error('The card is not on the screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];

  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await watchNodes(page);
  await page.mouse.move(x + 60, y + 40, { steps: 12 });
  expect(await touchedNodes(page)).toEqual(['m20']);
  await page.mouse.up();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  const pane = page.locator('.react-flow__pane');
  const empty = await pane.boundingBox();
  await watchNodes(page);
  await page.mouse.move((empty?.x ?? 0) + 20, (empty?.y ?? 0) + (empty?.height ?? 0) / 2);
  await page.mouse.wheel(0, 40);
  await page.mouse.wheel(40, 0);
  expect(await touchedNodes(page)).toEqual([]);
});

test('the editor opens with little to load', async ({ page }) => {
  const address = await new Given(page).pipeline(largePipeline(10));
  const scripts = new Map<string, Response>();
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.set(response.url(), response);
  });
  await page.goto(address);
  await page.locator('.react-flow__node').first().waitFor();
  // What the page itself asked for: not what its workers did.
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const bodies = await Promise.all(asked.flatMap((url) => scripts.get(url)?.body() ?? []));
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  expect(Math.round(bytes / 1_000)).toBeLessThanOrEqual(firstLoadKb);
});

type Watching = typeof globalThis & { sgTouched: { nodes: Set<string>; observer: MutationObserver } };

/** From now on notes which nodes change in the DOM, in whatever way. */
async function watchNodes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const nodes = new Set<string>();
    const note = (records: MutationRecord[]) => {
      for (const { target } of records) {
        const node = (target instanceof Element ? target : target.parentElement)?.closest<HTMLElement>(
          '.react-flow__node',
        );
        nodes.add(node?.dataset.id ?? 'the list of nodes');
      }
    };
    const observer = new MutationObserver(note);
    observer.observe(document.querySelector('.react-flow__nodes') as Element, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    (globalThis as Watching).sgTouched = { nodes, observer };
  });
}

/** Ids of the nodes that changed since `watchNodes`, two frames later. */
async function touchedNodes(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const { nodes, observer } = (globalThis as Watching).sgTouched;
    observer.disconnect();
    return [...nodes];
  });
}
