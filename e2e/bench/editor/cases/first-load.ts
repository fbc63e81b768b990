import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { type Case, rounded } from '../case.ts';
import { addressOf, type Rig } from '../rig.ts';

const limitKb = 450;
/** By then the page has fetched what it fetches when it has nothing else to do. */
const idleMs = 5_000;

/** What a browser that knows nothing fetches before one can work: scripts, compressed. Workers and later chunks beside them. */
export async function firstLoad(rig: Rig): Promise<Case> {
  const context = await rig.browser.newContext({
    viewport: { width: 1440, height: 900 },
    storageState: await rig.context.storageState(),
  });
  try {
    const page = await context.newPage();
    const scripts = watchScripts(page);
    await page.goto(await addressOf(rig, 'editor', 10));
    await page.locator('.react-flow__node').first().waitFor();
    const first = await scripts.take();
    await page.locator('.react-flow__node').nth(1).click();
    await page.locator('[data-field]').first().waitFor();
    await sleep(idleMs);
    const later = await scripts.take();
    return {
      name: 'first load JavaScript of the editor',
      what: 'scripts of the page fetched until the drawing stands and can be pressed, in kB of gzip; workers and what is fetched after that, when it is used or the page is idle, stand beside it',
      figures: {
        kb: rounded(first.pageKb),
        scripts: first.count,
        workerKb: rounded(first.workerKb + later.workerKb),
        laterKb: rounded(later.pageKb),
      },
      target: `≤ ${limitKb} kB`,
      met: first.pageKb <= limitKb,
    };
  } finally {
    await context.close();
  }
}

function watchScripts(page: Page) {
  const seen: Response[] = [];
  page.context().on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) seen.push(response);
  });
  return {
    /** What came since it was asked last: what the page itself asked for, and what its workers did. */
    async take() {
      const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      const own = new Set(asked);
      const fresh = [...new Map(seen.splice(0).map((response) => [response.url(), response])).values()];
      let [pageKb, workerKb] = [0, 0];
      for (const response of fresh) {
        const kb = gzipSync(await response.body()).length / 1_000;
        if (own.has(response.url())) pageKb += kb;
        else workerKb += kb;
      }
      return { pageKb, workerKb, count: fresh.length };
    },
  };
}
