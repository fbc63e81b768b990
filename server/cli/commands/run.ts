import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storeFile } from '#server/files/store-file.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { type OpenApproval, openApprovals } from '#server/inbox/open-approvals.ts';
import { getRunReport, type RunReport, reportText } from '#server/runs/report.ts';
import { startRun } from '#server/runs/start-run.ts';
import type { Answer, Command, Invocation } from '../command.ts';
import { pipelineToRun } from '../pipeline-to-run.ts';
import { readJson } from '../read-graph.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

const defaultTimeoutS = 600;
const pollMs = 150;

type Wanted = {
  what: string;
  input: JsonObject;
  files: { name: string; file: string }[];
  approve: 'all' | 'none';
  timeoutMs: number;
};

/** `run FILE|TEMPLATE`: starts a run and follows it until it ends, or until nothing goes on without the operator. */
export const runCommand: Command = {
  options: {
    input: { type: 'string' },
    file: { type: 'string', multiple: true },
    approve: { type: 'string' },
    timeout: { type: 'string' },
  },
  async run(invocation): Promise<Answer> {
    const wanted = read(invocation);
    return await withProduct(invocation, { worker: true }, async ({ scope }) => {
      const pipeline = await pipelineToRun(scope, wanted.what);
      const input = { ...wanted.input, ...(await uploads(scope, wanted.files)) };
      const { runId, ref } = await startRun(scope, { ...pipeline, input, requestKey: null });
      invocation.say(`R-${ref} started`);
      const report = await follow(scope, runId, wanted, invocation);
      return {
        json: report,
        text: reportText(report),
        exitCode: report.status === 'failed' || report.status === 'cancelled' ? 1 : 0,
      };
    });
  },
};

function read({ words: [what], options }: Invocation): Wanted {
  if (!what)
    throw new UsageError(
      'run needs a graph file or the name of a template: solograph run sales-follow-up --file leads=leads.csv',
    );
  const approve = options.approve ?? 'none';
  if (approve !== 'all' && approve !== 'none')
    throw new UsageError(`--approve is all or none, not "${String(approve)}".`);
  const seconds = Number(options.timeout ?? defaultTimeoutS);
  if (!(seconds > 0 && seconds <= 86_400))
    throw new UsageError(`--timeout is a number of seconds up to 86400, not "${String(options.timeout)}".`);
  const input = typeof options.input === 'string' ? readJson(options.input) : {};
  if (!isObject(input))
    throw new UsageError(`${String(options.input)} must hold a JSON object: a member for each field of the form.`);
  const files = ((options.file ?? []) as string[]).map(readFileOption);
  return { what, input, files, approve, timeoutMs: seconds * 1_000 };
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readFileOption(option: string): { name: string; file: string } {
  const [, name, file] = option.match(/^([A-Za-z_]\w*)=(.+)$/) ?? [];
  if (!name || !file)
    throw new UsageError(`--file is written as name=PATH, for example --file leads=leads.csv; got "${option}".`);
  if (!fs.existsSync(file)) throw new UsageError(`--file ${name}: ${file} does not exist.`);
  return { name, file };
}

async function uploads(scope: Scope, files: Wanted['files']): Promise<Record<string, FileRef>> {
  const stored: Record<string, FileRef> = {};
  for (const { name, file } of files) {
    const mime = file.endsWith('.csv') ? 'text/csv' : 'application/octet-stream';
    stored[name] = await storeFile(scope, { name: path.basename(file), mime, content: fs.readFileSync(file) });
  }
  return stored;
}

/** Waits for the run, deciding approvals where that was asked for. */
async function follow(scope: Scope, runId: string, wanted: Wanted, { say, signal }: Invocation): Promise<RunReport> {
  const endsAt = Date.now() + wanted.timeoutMs;
  let told = '';
  for (;;) {
    const { status, waits, done } = await glance(runId);
    const line = `${status}, ${done} steps done`;
    if (line !== told && status !== 'completed') say(line);
    told = line;
    const approvals = wanted.approve === 'all' ? await openApprovals(scope, runId) : [];
    for (const approval of approvals) await approve(scope, approval);
    const ended = ['completed', 'failed', 'cancelled'].includes(status);
    const onlyOperator =
      status === 'waiting' && approvals.length === 0 && waits.length > 0 && waits.every((kind) => kind !== 'retry');
    if (ended || onlyOperator) return await getRunReport(scope, runId);
    signal.throwIfAborted();
    if (Date.now() > endsAt)
      throw new Error(
        `Run ${runId} is still ${status} after ${wanted.timeoutMs / 1_000} s. It is kept and goes on when the product runs: solograph runs show ${runId}`,
      );
    await sleep(approvals.length > 0 ? 20 : pollMs);
  }
}

/** Where a run stands: kinds of waiting other than for a map's own items. */
async function glance(runId: string): Promise<{ status: RunReport['status']; waits: string[]; done: number }> {
  const [row] = await query<{ status: RunReport['status']; waits: string[] | null; done: number }>(
    `select r.status, (select count(*)::int from step s where s.run_id = r.id and s.status = 'done') as done,
            (select array_agg(distinct s.waiting->>'kind') from step s
              where s.run_id = r.id and s.status = 'waiting' and s.waiting->>'kind' <> 'items') as waits
       from run r where r.id = $1`,
    [runId],
  );
  if (!row) throw new Error(`Run ${runId} is gone.`);
  return { ...row, waits: row.waits ?? [] };
}

async function approve(scope: Scope, { taskId, token }: OpenApproval): Promise<void> {
  await decideTask(scope, { taskId, token, decision: 'approve' });
}
