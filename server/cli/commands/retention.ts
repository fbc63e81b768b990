import { pool } from '#server/db/pool.ts';
import { applyRetention, type Pruned, type RetentionReport } from '#server/retention/apply-retention.ts';
import type { Command } from '../command.ts';
import { withProduct } from '../with-product.ts';

/** By hand it may take its time: nobody waits for it. */
const limitMs = 3_600_000;

/** `retention`: removes what the policy of each project no longer keeps; `--dry-run` says what that would be. */
export const retentionCommand: Command = {
  options: { 'dry-run': { type: 'boolean' } },
  run: (invocation) =>
    withProduct(invocation, { worker: false }, async () => {
      const dryRun = invocation.options['dry-run'] === true;
      const mayGoOn = (): boolean => !invocation.signal.aborted;
      const report = await applyRetention(pool(), { dryRun, limitMs, mayGoOn });
      return { json: report, text: textOf(report), exitCode: 0 };
    }),
};

function textOf({ dryRun, projects, workers, more }: RetentionReport): string {
  const verb = dryRun ? 'would remove' : 'removed';
  return [
    ...projects.map((pruned) => lineOf(pruned, verb)),
    `workers that ended more than 30 days ago: ${verb} ${workers}`,
    ...(more ? ['There is more. Run it again.'] : []),
  ].join('\n');
}

function lineOf({ project, retention, ...n }: Pruned, verb: string): string {
  if (!retention) return `${project}: keeps everything for ever`;
  const megabytes = (n.valueBytes / 1e6).toFixed(1);
  return [
    `${project} (events ${retention.eventsDays} days, values ${retention.valuesDays} days): ${verb}`,
    `  ${n.events} events of ${n.eventRuns} runs`,
    `  ${n.values} large values of ${n.valueRuns} runs, ${megabytes} MB`,
    `  ${n.inboxEvents} events that came from outside`,
  ].join('\n');
}
