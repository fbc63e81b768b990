import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { quantile } from '#server/bench/bench.ts';
import { type Case, rounded } from '../case.ts';
import { openPage, type Rig } from '../rig.ts';

const nodes = 500;
const limitMs = 100;
const text =
  'Thank the customer for the order and ask what else would help, in two short sentences without any flourish. ';
/** About ninety words a minute. */
const keyMs = 110;

type Interactions = Record<number, number>;
type Watching = typeof globalThis & { sgInteractions: Interactions };

/** Types into a prompt with real keys; the browser itself measures each of them up to the next paint. */
export async function typing(rig: Rig): Promise<Case> {
  const page = await openPage(rig, 'editor', nodes);
  try {
    await page.evaluate(watchInteractions);
    await page.locator('.react-flow__node[data-id="m3"]').click({ force: true });
    const field = page
      .locator('[data-field="inputs.prompt"] .cm-content, [data-field="inputs.prompt"] textarea')
      .first();
    await field.click();
    await page.keyboard.press('End');
    for (const key of text) await Promise.all([page.keyboard.press(key === ' ' ? 'Space' : key), sleep(keyMs)]);
    await sleep(300);
    const seen = Object.values(await page.evaluate(seenInteractions));
    // The browser tells of no interaction that was over within its shortest duration.
    const unseen = Array.from({ length: Math.max(0, text.length - seen.length) }, () => shortestMs);
    const all = [...seen, ...unseen];
    const inpP95Ms = rounded(quantile(all, 0.95));
    return {
      name: `type in a prompt field, ${nodes} nodes`,
      what: 'from the key to the next paint (Event Timing), per key',
      figures: {
        inpP95Ms,
        inpP50Ms: rounded(quantile(all, 0.5)),
        inpP98Ms: rounded(quantile(all, 0.98)),
        longestMs: Math.max(...all),
        keys: text.length,
      },
      target: `INP p95 ≤ ${limitMs} ms`,
      met: inpP95Ms <= limitMs && (await readsAs(page)),
    };
  } finally {
    await page.close();
  }
}

const shortestMs = 16;

async function readsAs(page: Page): Promise<boolean> {
  const field = page.locator('[data-field="inputs.prompt"]');
  const written = [...(await field.allTextContents()), ...(await field.locator('textarea').allTextContents())];
  return written.join('').includes('without any flourish');
}

/** Runs in the page: the longest event of each interaction with a key. */
function watchInteractions(): void {
  const seen: Interactions = {};
  (globalThis as Watching).sgInteractions = seen;
  const options = { type: 'event', buffered: false, durationThreshold: 16 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
      const { interactionId = 0, duration, name } = entry;
      if (interactionId > 0 && name.startsWith('key'))
        seen[interactionId] = Math.max(seen[interactionId] ?? 0, duration);
    }
  }).observe(options);
}

function seenInteractions(): Interactions {
  return (globalThis as Watching).sgInteractions;
}
