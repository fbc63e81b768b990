import { listRuns } from '#server/runs/list-runs.ts';
import { getRunReport, reportText } from '#server/runs/report.ts';
import type { RunStatus } from '#server/runs/types.ts';
import type { Answer, Command, Invocation } from '../command.ts';
import { runIdOf } from '../run-id.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

const runStatuses: RunStatus[] = ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'];

/** `runs` lists, `runs show ID` shows one. */
export const runsCommand: Command = {
  options: { status: { type: 'string' }, limit: { type: 'string' } },
  async run(invocation) {
    const [verb, id] = invocation.words;
    if (verb !== undefined && verb !== 'show') throw new UsageError(`runs knows "show" only, not "${verb}".`);
    return await withProduct(invocation, { worker: false }, async ({ scope }) => {
      if (verb === undefined) return await list(invocation, scope);
      const report = await getRunReport(scope, await runIdOf(scope, id));
      return { json: report, text: reportText(report), exitCode: 0 } satisfies Answer;
    });
  },
};

async function list({ options }: Invocation, scope: Parameters<typeof listRuns>[0]): Promise<Answer> {
  const status = runStatuses.find((known) => known === options.status);
  if (options.status !== undefined && !status)
    throw new UsageError(`--status is one of ${runStatuses.join(', ')}, not "${String(options.status)}".`);
  const limit = Number(options.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new UsageError(`--limit is a whole number from 1 to 200, not "${String(options.limit)}".`);
  const { items } = await listRuns(scope, { ...(status ? { status } : {}), limit });
  const text = items.map(
    (run) =>
      `R-${run.ref}\t${run.status}\t${run.pipelineName}\t$${(run.spendMicros / 1e6).toFixed(6)}\t${new Date(run.createdAt).toISOString()}`,
  );
  return {
    json: { runs: items },
    text: text.join('\n') || 'No runs yet. Start one: solograph run sales-follow-up --file leads=leads.csv',
    exitCode: 0,
  };
}
