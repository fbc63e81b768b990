import { seeded } from '#nodes/core/testing/random-graph.ts';
import type { Fault } from './chaos.ts';
import { p95 } from './invariants/recovery.ts';
import { openRig, type Rig } from './rig/rig.ts';
import { type Outcome, runScenario } from './scenario.ts';

export type Campaign = { seed: number; runs: number; outcomes: Outcome[] };

/** Longest time after which 95 of 100 steps of dead workers have gone on. */
export const recoveryTargetMs = 5_000;

type Wanted = { seeds: readonly number[]; runs: number };

/** Tries each fault with its share of the runs, once for each seed. `say` hears of each scenario. */
export async function runCampaigns(
  faults: readonly Fault[],
  { seeds, runs }: Wanted,
  say: (line: string) => void,
): Promise<Campaign[]> {
  const rig = await openRig();
  const campaigns: Campaign[] = [];
  try {
    for (const seed of seeds) {
      say(`seed ${seed}, ${runs} runs`);
      campaigns.push(await runCampaign(rig, faults, { seed, runs, say }));
    }
    return campaigns;
  } finally {
    await rig.close();
  }
}

type Asked = { seed: number; runs: number; say: (line: string) => void };

/** The schedules come from the seed. */
async function runCampaign(rig: Rig, faults: readonly Fault[], { seed, runs, say }: Asked): Promise<Campaign> {
  const outcomes: Outcome[] = [];
  for (const [n, { fault, share }] of shares(faults, { seed, runs }).entries()) {
    const outcome = await runScenario(rig, fault, { seed: seed + 7_919 * n, runs: share });
    outcomes.push(outcome);
    say(lineOf(outcome));
    for (const { invariant, what } of outcome.violations.slice(0, 20)) say(`  ✗ ${invariant}: ${what}`);
  }
  return { seed, runs, outcomes };
}

/** How the runs are shared out: evenly, but for those faults that take only a few. */
export function shares(
  faults: readonly Fault[],
  { seed, runs }: { seed: number; runs: number },
): { fault: Fault; share: number }[] {
  const random = seeded(seed);
  const order = faults.map((fault) => ({ fault, at: random(), share: 0 })).sort((a, b) => a.at - b.at);
  for (let left = runs; left > 0; ) {
    const open = order.filter(({ fault, share }) => share < (fault.mostRuns ?? Number.POSITIVE_INFINITY));
    if (open.length === 0) break;
    for (const one of open.slice(0, left)) one.share += 1;
    left -= Math.min(left, open.length);
  }
  return order.filter(({ share }) => share > 0);
}

function lineOf({ fault, runs, hits, violations, deaths, recoveries, asked, ms }: Outcome): string {
  const facts = [
    `${runs} runs`,
    `harm done ${hits} times`,
    `${deaths} workers died`,
    ...(recoveries.length > 0
      ? [`${recoveries.length} steps recovered, p95 ${(p95(recoveries) / 1_000).toFixed(1)} s`]
      : []),
    ...(asked > 0 ? [`asked ${asked} times`] : []),
    `${(ms / 1_000).toFixed(1)} s`,
  ];
  return `${violations.length === 0 ? '✓' : '✗'} ${fault.padEnd(22)} ${facts.join(', ')}`;
}
