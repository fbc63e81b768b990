import { expect, test } from 'vitest';
import { runCampaigns } from './campaign.ts';
import { faults } from './faults/all.ts';

/** The short form of `npm run chaos`: those faults that found the most, or are the quickest to find something. */
const tried = [
  'kill-random',
  'kill-after-effect',
  'kill-in-flush',
  'cut-after-commit',
  'repeated-jobs',
  'double-approval',
];

test('nothing is lost, doubled or stuck when workers are killed, connections cut and jobs repeated', async () => {
  const chosen = faults.filter(({ name }) => tried.includes(name));
  const campaigns = await runCampaigns(chosen, { seeds: [20_261_126], runs: 42 }, () => undefined);
  const outcomes = campaigns.flatMap((campaign) => campaign.outcomes);
  expect(outcomes.flatMap(({ violations }) => violations)).toEqual([]);
  expect(outcomes.reduce((sum, { runs }) => sum + runs, 0)).toBe(42);
}, 150_000);
