import type { CDPSession, Page } from '@playwright/test';
import { type Case, rounded } from '../case.ts';
import { openPage, type Rig } from '../rig.ts';
import { finishedRun, published } from '../runs.ts';

const nodes = 300;
const runs = 20;
/** One a second for ten minutes, done as fast as the editor answers. */
const edits = 600;
/** Fills what is bounded by design: 200 steps of undo, the runs that are remembered, the browser's own caches. */
const warmUp = { edits: 240, runs: 4 };
const limit = 0.1;

/** What of the heap is left after a long day's editing and running, beside what was left after a short one. */
export async function memory(rig: Rig): Promise<Case> {
  const pipelineId = await rig.pipeline(nodes);
  await published(rig, pipelineId);
  const page = await openPage(rig, 'editor', nodes);
  const cdp = await page.context().newCDPSession(page);
  try {
    const cards = await cardsInReach(page);
    const run = () => finishedRun(rig, pipelineId, 'published');
    await work(page, { ...warmUp, cards, run });
    const before = await heapMb(cdp);
    await work(page, { edits, runs, cards, run });
    const after = await heapMb(cdp);
    const growth = after / before - 1;
    return {
      name: `memory, ${nodes} nodes`,
      what: `JavaScript heap after garbage collection: ${edits} edits (selecting, typing, dragging, nudging, renaming, adding, deleting, undo, redo) and ${runs} runs of the engine on the rehearsal model, beside the heap after ${warmUp.edits} edits and ${warmUp.runs} runs`,
      figures: { beforeMb: before, afterMb: after, growthPercent: rounded(growth * 100), edits, runs },
      target: `growth ≤ ${limit * 100} %`,
      met: growth <= limit,
    };
  } finally {
    await page.close();
  }
}

type Work = { edits: number; runs: number; cards: string[]; run: () => Promise<string> };

/** Runs happen while it is edited. */
async function work(page: Page, { edits, runs, cards, run }: Work): Promise<void> {
  const everyEdits = edits / runs;
  const visits = new Map<string, number>();
  for (let turn = 0; turn < runs; turn += 1) {
    const running = run();
    for (let n = 0; n < everyEdits; n += editsOfRound) {
      const card = cards[(turn * 7 + n) % cards.length] as string;
      const visit = visits.get(card) ?? 0;
      visits.set(card, visit + 1);
      await editingRound(page, card, visit % 2 === 0 ? 1 : -1);
    }
    await running;
  }
}

const editsOfRound = 10;

/** Ids of model nodes that the pointer meets, not what floats over the canvas. */
async function cardsInReach(page: Page): Promise<string[]> {
  const ids = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.react-flow__node[data-id^="m"]')]
      .filter((card) => {
        const box = card.getBoundingClientRect();
        const under = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return under?.closest('.react-flow__node') === card;
      })
      .map(({ dataset }) => dataset.id ?? ''),
  );
  return ids.slice(10, 50);
}

/** Ten edits as one makes them, by keyboard and mouse, at one node. `way`: it is moved to and, the next time, back. */
async function editingRound(page: Page, id: string, way: 1 | -1): Promise<void> {
  const card = page.locator(`.react-flow__node[data-id="${id}"]`);
  await card.click({ force: true });
  const field = page.locator('[data-field="inputs.prompt"] .cm-content, [data-field="inputs.prompt"] textarea').first();
  await field.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' ok', { delay: 5 });
  await page.keyboard.press('Escape');
  await card.click({ force: true });
  for (const key of way === 1 ? ['ArrowRight', 'ArrowDown'] : ['ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  const box = await card.boundingBox();
  if (box) {
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const step of [4, 8, 12]) await page.mouse.move(from.x + way * step, from.y + way * step);
    await page.mouse.up();
    // Until a timer of the page has run, the click that ends a drag is kept from the canvas, and a next one would be too.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  }
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
}

/** What is held after everything that is not has been collected. */
async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  for (let n = 0; n < 3; n += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return Math.round((usedSize / 1e6) * 100) / 100;
}
