import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { LiveSnapshotRun } from '#server/live/types.ts';
import type { RunDetail } from '#server/runs/types.ts';
import { type Case, ratio } from '../case.ts';
import type { Frames } from '../gestures.ts';
import { largePipeline } from '../graphs.ts';
import { type LiveFeed, openLiveFeed } from '../live-feed.ts';
import { startFrames, stopFrames } from '../probe.ts';
import { openPage, type Rig } from '../rig.ts';
import { finishedRun } from '../runs.ts';
import { figuresOf } from './moving.ts';

const nodes = 500;
const perSecond = 200;
const limit = 1.2;
const watchedMs = 4_000;

/** Frame times of the editor while nothing happens, and while a run tells 200 changes a second, by turns. */
export async function live(rig: Rig, rounds: number): Promise<Case> {
  const pipelineId = await rig.pipeline(nodes);
  const runId = await finishedRun(rig, pipelineId);
  const run = await rig.query<RunDetail & LiveSnapshotRun>('runs.get', { projectId: rig.projectId, runId });
  const feed = await openLiveFeed(rig.url, { ...run, pipelineId }, largePipeline(nodes));
  const page = await openPage({ ...rig, url: feed.url }, 'editor', nodes);
  try {
    const seen: { idle: Frames[]; busy: Frames[] } = { idle: [], busy: [] };
    let perSec = 0;
    for (let round = -1; round < rounds; round += 1) {
      const idle = await watched(page);
      const { frames, updates } = await fed(page, feed);
      if (round < 0) continue;
      seen.idle.push(idle);
      seen.busy.push(frames);
      perSec += updates;
    }
    const [busy, idle] = [figuresOf(seen.busy), figuresOf(seen.idle)];
    const times = ratio(busy.p95Ms / idle.p95Ms);
    const updatesPerSec = Math.round(perSec / rounds);
    return {
      name: `${perSecond} status updates/s on ${nodes} nodes`,
      what: 'frame times while the live stream tells one change per message, all nodes in view; idle: the same page, the same run, nothing of it at work',
      figures: { ...busy, updatesPerSec, idleP95Ms: idle.p95Ms, idleMedianMs: idle.medianMs, timesIdle: times },
      target: `p95 frame ≤ ${limit} × idle`,
      met: times <= limit && updatesPerSec >= 0.95 * perSecond,
    };
  } finally {
    await page.close();
    await feed.close();
  }
}

async function watched(page: Page): Promise<Frames> {
  await page.evaluate(startFrames);
  await sleep(watchedMs);
  return await page.evaluate(stopFrames);
}

async function fed(page: Page, feed: LiveFeed): Promise<{ frames: Frames; updates: number }> {
  const feeding = feed.start(perSecond);
  try {
    const frames = await watched(page);
    return { frames, updates: feeding.stop() };
  } finally {
    feeding.stop();
    await sleep(300);
  }
}
