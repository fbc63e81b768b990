import type { Page } from '@playwright/test';
import { quantile } from '#server/bench/bench.ts';
import { type Case, median, ratio, rounded } from '../case.ts';
import { type Frames, type Gesture, gestures, recorded, zoomToLifeSize } from '../gestures.ts';
import { openPage, type Rig, type Side } from '../rig.ts';

const limit = 1.3;
const longestTaskMs = 100;

/** Drags, pans and zooms by turns on either side; both pages stay open. */
export async function moving(rig: Rig, { nodes, rounds }: { nodes: number; rounds: number }): Promise<Case[]> {
  const pages: Record<Side, Page> = {
    bare: await openPage(rig, 'bare', nodes),
    editor: await openPage(rig, 'editor', nodes),
  };
  try {
    const cases: Case[] = [];
    for (const gesture of gestures) cases.push(await compared(rig, { pages, gesture, nodes, rounds }));
    return cases;
  } finally {
    await pages.bare.close();
    await pages.editor.close();
  }
}

type Compared = { pages: Record<Side, Page>; gesture: Gesture; nodes: number; rounds: number };

async function compared(rig: Rig, { pages, gesture, nodes, rounds }: Compared): Promise<Case> {
  const seen: Record<Side, Frames[]> = { editor: [], bare: [] };
  for (let round = -1; round < rounds; round += 1)
    for (const side of ['bare', 'editor'] as const) {
      const page = pages[side];
      await page.bringToFront();
      if (gesture === 'pan at 100 %') await zoomToLifeSize(page, rig.canvas);
      const frames = await recorded(page, rig.canvas, gesture);
      if (round >= 0) seen[side].push(frames);
    }
  const [ours, bare] = [figuresOf(seen.editor), figuresOf(seen.bare)];
  const times = ratio(ours.p95Ms / bare.p95Ms);
  return {
    name: `${gesture}, ${nodes} nodes`,
    what:
      gesture === 'pan at 100 %'
        ? 'frame times while a part of the drawing is seen in life size'
        : 'frame times with all nodes in view',
    figures: { ...ours, timesBare: times },
    bare,
    target: `p95 frame ≤ ${limit} × bare React Flow, longest task ≤ ${longestTaskMs} ms`,
    met: times <= limit && ours.longestTaskMs <= longestTaskMs,
  };
}

export function figuresOf(rounds: readonly Frames[]) {
  const each = rounds.map(({ deltas }) => quantile(deltas, 0.95));
  return {
    p95Ms: rounded(median(each)),
    medianMs: rounded(median(rounds.map(({ deltas }) => quantile(deltas, 0.5)))),
    fastestP95Ms: rounded(Math.min(...each)),
    slowestP95Ms: rounded(Math.max(...each)),
    longestTaskMs: rounded(Math.max(0, ...rounds.flatMap(({ longTasks }) => longTasks))),
    rounds: rounds.length,
  };
}
