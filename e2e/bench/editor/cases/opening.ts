import { type Case, median, ratio, rounded } from '../case.ts';
import { installProbe, type Probed } from '../probe.ts';
import { addressOf, nodesInView, type Rig, type Side } from '../rig.ts';

const limit = 1.5;

/** From the start of the navigation until all is drawn, and until the first press on a node is answered on the screen. */
export type Opening = { drawnMs: number; answeredMs: number };

/** Opens the pipeline by turns on either side, with a warm cache. */
export async function opening(rig: Rig, { nodes, rounds }: { nodes: number; rounds: number }): Promise<Case> {
  const seen: Record<Side, Opening[]> = { editor: [], bare: [] };
  for (let round = -1; round < rounds; round += 1)
    for (const side of ['bare', 'editor'] as const) {
      const opened = await openOnce(rig, side, nodes);
      if (round >= 0) seen[side].push(opened);
    }
  const [ours, bare] = [figuresOf(seen.editor), figuresOf(seen.bare)];
  const times = ratio(ours.interactiveMs / bare.interactiveMs);
  return {
    name: `open ${nodes} nodes`,
    what: 'navigation until all nodes in view are drawn and the first press is answered; warm HTTP cache on both sides, ours with the whole application',
    figures: { ...ours, timesBare: times },
    bare,
    target: `≤ ${limit} × bare React Flow`,
    met: times <= limit,
  };
}

function figuresOf(openings: readonly Opening[]) {
  const answered = openings.map(({ answeredMs }) => answeredMs);
  return {
    interactiveMs: rounded(median(answered)),
    drawnMs: rounded(median(openings.map(({ drawnMs }) => drawnMs))),
    fastestMs: rounded(Math.min(...answered)),
    slowestMs: rounded(Math.max(...answered)),
    rounds: openings.length,
  };
}

/** One opening in a page of its own. */
export async function openOnce(rig: Rig, side: Side, nodes: number): Promise<Opening> {
  const address = await addressOf(rig, side, nodes);
  const page = await rig.context.newPage();
  try {
    await page.exposeFunction('sgDrawn', ({ x, y }: { x: number; y: number }) => page.mouse.click(x, y));
    await page.addInitScript(installProbe, { nodes: nodesInView(rig, nodes) });
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => (globalThis as Probed).sgProbe.opened.answeredMs !== null);
    const { drawnMs, answeredMs } = await page.evaluate(() => (globalThis as Probed).sgProbe.opened);
    return { drawnMs: drawnMs ?? Number.NaN, answeredMs: answeredMs ?? Number.NaN };
  } finally {
    await page.close();
  }
}
