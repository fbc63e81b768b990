import { parseArgs } from 'node:util';
import { recoveryTargetMs, runCampaigns } from './campaign.ts';
import { faults } from './faults/all.ts';
import { p95 } from './invariants/recovery.ts';
import { writeReport } from './report.ts';

process.env.LOG_LEVEL ??= 'silent';

/** Seeds that are tried where none is named, and the runs of each: together 1,040. */
const defaultSeeds = [91_423_194, 20_261_126];
const defaultRuns = 520;

const usage = `npm run chaos -- [--seed N] [--runs N] [--only fault,fault] [--write]
  faults: ${faults.map(({ name }) => name).join(', ')}\n`;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' }, only: { type: 'string' }, write: { type: 'boolean' } },
});
const seeds = values.seed === undefined ? defaultSeeds : [wholeNumber('seed', values.seed)];
const runs = values.runs === undefined ? defaultRuns : wholeNumber('runs', values.runs);
const only = values.only?.split(',');
const chosen = faults.filter(({ name }) => only?.includes(name) ?? true);
const unknown = only?.find((name) => !faults.some((fault) => fault.name === name));
if (unknown !== undefined) fail(`There is no fault "${unknown}".`);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const begun = performance.now();
const campaigns = await runCampaigns(chosen, { seeds, runs }, say);
const outcomes = campaigns.flatMap((campaign) => campaign.outcomes);
const found = outcomes.reduce((sum, { violations }) => sum + violations.length, 0);
const recovered = outcomes.flatMap(({ recoveries }) => recoveries);
const slow = p95(recovered) > recoveryTargetMs;
if (values.write) writeReport(campaigns, performance.now() - begun);
say(
  [
    `chaos: ${found} violations in ${outcomes.reduce((sum, outcome) => sum + outcome.runs, 0)} runs of ${new Set(outcomes.map(({ fault }) => fault)).size} faults`,
    `${outcomes.reduce((sum, { deaths }) => sum + deaths, 0)} workers died`,
    `recovery p95 ${(p95(recovered) / 1_000).toFixed(2)} s (at most ${recoveryTargetMs / 1_000} s)`,
    `seed ${seeds.join(' and ')}`,
    `${Math.round((performance.now() - begun) / 1_000)} s`,
  ].join('; '),
);
process.exit(found > 0 || slow ? 1 : 0);

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) fail(`--${name} is a whole number from 1 on; it is "${text}".`);
  return number;
}

function fail(problem: string): never {
  process.stderr.write(`${problem}\n${usage}`);
  process.exit(2);
}
