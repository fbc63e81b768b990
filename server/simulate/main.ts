import { parseArgs } from 'node:util';
import { simulateMany } from './campaign.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const count = Number(values.count ?? 100_000);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 1) {
  process.stderr.write('npm run simulate -- [--seed N] [--count N], whole numbers both\n');
  process.exit(2);
}
const begun = performance.now();
const { schedules, programs, failure } = simulateMany({ seed, count });
if (failure !== null) process.stdout.write(`${failure}\n`);
process.stdout.write(
  `simulate: ${failure === null ? 'no' : 'a'} failure in ${schedules} schedules of ${programs} random programs; seed ${seed}; ${Math.round((performance.now() - begun) / 1_000)} s\n`,
);
process.exit(failure === null ? 0 : 1);
