import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultPoint, faultPoints } from '#server/engine/faults.ts';
import { between, type Chaos, type Fault, pick } from '../chaos.ts';

/** How often a worker dies at each point when it comes by. */
const probability: Record<FaultPoint, number> = {
  'after-claim': 0.35,
  'before-effect': 0.15,
  'after-effect': 0.15,
  'before-commit': 0.25,
  'after-commit': 0.25,
  'in-flush': 0.25,
};
const where: Record<FaultPoint, string> = {
  'after-claim': 'after it took steps',
  'before-effect': 'before an effect, its intent stored',
  'after-effect': 'after an effect, its receipt not stored',
  'before-commit': 'before the commit',
  'after-commit': 'after the commit, before it acknowledges',
  'in-flush': 'while a group of transitions is being written',
};
/** Then its successors live, so that a scenario ends. */
const mostDeaths = 8;

const atPoint = (point: FaultPoint): Fault => ({
  name: `kill-${point}`,
  title: `SIGKILL ${where[point]}`,
  // Every second one: there is a worker that takes over.
  env: (born): Record<string, string> =>
    born < 2 * mostDeaths && born % 2 === 0 ? { SOLOGRAPH_FAULT: `${point}:${probability[point]}` } : {},
});

async function killNowAndThen({ fleet, random, pause, hit }: Chaos, least: number, most: number): Promise<void> {
  for (let deaths = 0; deaths < mostDeaths && (await pause(between(random, least, most))); deaths += 1) {
    const victim = pick(random, fleet.alive());
    if (!victim) continue;
    fleet.kill(victim);
    hit();
  }
}

/** Faults of whole processes. */
export const processFaults: Fault[] = [
  {
    name: 'kill-random',
    title: 'SIGKILL of a worker at any time',
    harm: (chaos) => killNowAndThen(chaos, 800, 2_000),
  },
  ...faultPoints.map(atPoint),
  {
    name: 'kill-in-join',
    title: 'SIGKILL while a hundred branches arrive at one join',
    pipelines: ['hundred'],
    mostRuns: 6,
    harm: (chaos) => killNowAndThen(chaos, 800, 1_500),
  },
  {
    name: 'stop-past-lease',
    title: 'SIGSTOP for longer than the lease, then SIGCONT',
    spreadMs: 5_000,
    slowRecovery: true,
    workers: 3,
    // A lease of 3 s: what matters is that the pause is longer.
    env: () => ({ SOLOGRAPH_TIMING_SCALE: '0.2' }),
    async harm({ fleet, random, pause, hit }) {
      for (let n = 0; n < 3 && (await pause(between(random, 100, 600))); n += 1) {
        const victim = pick(random, fleet.alive());
        victim?.kill('SIGSTOP');
        hit();
        // To its end, also when the runs have ended without it: what it does when it wakes up is what matters.
        await sleep(between(random, 3_500, 4_500));
        victim?.kill('SIGCONT');
      }
      await sleep(1_000);
    },
  },
  {
    name: 'drain',
    title: 'SIGTERM of workers in the middle of their work, others started',
    async harm({ fleet, random, pause, hit }) {
      for (let n = 0; n < 5 && (await pause(between(random, 300, 1_200))); n += 1) {
        const victim = pick(random, fleet.alive());
        fleet.add();
        if (victim) await fleet.retire(victim);
        hit();
      }
    },
  },
  {
    name: 'clock-skew',
    title: 'Clocks of the workers 10 min ahead and behind, one is killed',
    workers: 3,
    env: (born) => ({ SOLOGRAPH_CHAOS_SKEW_MS: String([0, 600_000, -600_000][born % 3]) }),
    harm: (chaos) => killNowAndThen(chaos, 1_500, 3_000),
  },
];
