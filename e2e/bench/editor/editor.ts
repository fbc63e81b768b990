import os from 'node:os';
import type { Bench } from '#server/bench/bench.ts';
import type { Case } from './case.ts';
import { firstLoad } from './cases/first-load.ts';
import { large } from './cases/large.ts';
import { live } from './cases/live.ts';
import { memory } from './cases/memory.ts';
import { moving } from './cases/moving.ts';
import { opening } from './cases/opening.ts';
import { typing } from './cases/typing.ts';
import { openRig, type Rig } from './rig.ts';

type Measure = (rig: Rig) => Promise<Case | Case[]>;

const measures: Record<string, Measure> = {
  open: (rig) => opening(rig, { nodes: 1_000, rounds: 5 }),
  move: (rig) => moving(rig, { nodes: 1_000, rounds: 3 }),
  live: (rig) => live(rig, 5),
  type: typing,
  large,
  memory,
  firstLoad,
};

/** The editor's speed in a real Chromium, beside bare React Flow in the same run. See docs/editor-speed.md for what is measured. */
export const editor: Bench = async (say) => {
  const only = process.env.SOLOGRAPH_BENCH_ONLY?.split(',');
  const rig = await openRig();
  try {
    const cases: Case[] = [];
    for (const [name, measure] of Object.entries(measures)) {
      if (only && !only.includes(name)) continue;
      const found = await measured(name, () => measure(rig));
      for (const one of found) say(lineOf(one));
      cases.push(...found);
    }
    const machine = machineOf(rig);
    return {
      json: { machine, cases },
      text: [JSON.stringify(machine), ...cases.map(lineOf)].join('\n'),
      met: cases.every(({ met }) => met),
    };
  } finally {
    await rig.close();
  }
};

/** A case that cannot be measured is one that is not met. */
async function measured(name: string, measure: () => Promise<Case | Case[]>): Promise<Case[]> {
  try {
    return [await measure()].flat();
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ name, what, figures: {}, target: 'can be measured', met: false }];
  }
}

function machineOf({ browser }: Rig) {
  const cpus = os.cpus();
  return {
    cores: cpus.length,
    cpu: cpus[0]?.model ?? '',
    memoryGb: Math.round(os.totalmem() / 1e9),
    load: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
    chromium: browser.version(),
    node: process.version,
  };
}

function lineOf({ name, what, figures, bare, target, met }: Case): string {
  if (Object.keys(figures).length === 0) return `✗ ${name}  ${what}`;
  return `${met ? '✓' : '✗'} ${name}  ${JSON.stringify(figures)}${bare ? `  bare ${JSON.stringify(bare)}` : ''}  target ${target}`;
}
