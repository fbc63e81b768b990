import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { graphSchema } from '#nodes/core/graph.ts';
import { startStack } from '#server/boot/stack.ts';
import { closeDb } from '#server/db/client.ts';
import { closePool, connectTo, query } from '#server/db/pool.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { openApprovals } from '#server/inbox/open-approvals.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { startRun } from '#server/runs/start-run.ts';
import { browserOptions } from '#server/testing/browser.ts';
import { type Bench, quantile } from './bench.ts';

const approvals = 60;
const targetP95Ms = 150;

/**
 * Time from the commit of a step to the changed node in the DOM of a real browser: a chain of approvals is decided one
 * by one while the editor is open; each decision changes two nodes. The commit's time is the start of its transaction, so
 * the figure includes the commit itself.
 */
export const live: Bench = async (say) => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-bench-'));
  fs.chmodSync(home, 0o755);
  const stack = await startStack({ home, web: true, worker: true, port: 0 });
  const browser = await chromium.launch(await browserOptions());
  try {
    connectTo(stack.databaseUrl);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const scope = scopeOf(await signUp(page, stack.url ?? ''), 'bench');
    const { id: pipelineId } = await createPipeline(scope, {
      name: 'Chain of approvals',
      graph: graphSchema.parse(chain()),
    });
    await page.goto(`${stack.url}/p/${scope.projectId}/pipelines/${pipelineId}`);
    await page.locator('[data-node="a1"]').waitFor();
    await page.evaluate(watchNodes);
    const { runId } = await startRun(scope, {
      pipelineId,
      source: 'draft',
      trigger: 'start',
      input: {},
      requestKey: null,
    });
    say(`deciding ${approvals} approvals`);
    await decideAll(scope, runId);
    await page.locator(`[data-node="a${approvals}"][data-status="done"]`).waitFor({ timeout: 10_000 });
    return report(await latencies(runId, await page.evaluate(seenChanges)));
  } finally {
    await browser.close();
    await closeDb();
    await closePool();
    await stack.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
};

async function signUp(page: Page, url: string): Promise<string> {
  const operator = { name: 'Bench', email: 'bench@example.test', password: 'a long bench password' };
  const signed = await page.request.post(`${url}/api/auth/sign-up/email`, { data: operator, headers: { origin: url } });
  if (!signed.ok()) throw new Error(`The operator could not be created: ${await signed.text()}`);
  const [project] = await query<{ id: string }>('select id from project order by created_at limit 1');
  if (!project) throw new Error('There is no project after the operator was created.');
  return project.id;
}

function chain(): GraphInput {
  const ids = ['start', ...Array.from({ length: approvals }, (_, i) => `a${i + 1}`)];
  return {
    format: 'solograph/graph',
    version: 1,
    name: 'Chain of approvals',
    nodes: ids.map((id, i) => ({
      id,
      type: i === 0 ? 'trigger.manual' : 'human.approval',
      version: 1,
      config: i === 0 ? {} : { title: `Step ${i}` },
      position: { x: (i % 8) * 244, y: Math.floor(i / 8) * 152 },
    })),
    edges: ids
      .slice(1)
      .map((id, i) => ({ id: `e${i}`, from: ids[i] ?? '', outcome: i === 0 ? 'fired' : 'approved', to: id })),
  };
}

async function decideAll(scope: Scope, runId: string): Promise<void> {
  for (let decided = 0; decided < approvals; ) {
    const [task] = await openApprovals(scope, runId);
    if (!task) {
      await sleep(10);
      continue;
    }
    await sleep(40);
    await decideTask(scope, { ...task, decision: 'approve' });
    decided += 1;
  }
}

type Change = { node: string; status: string; at: number };
type Watched = typeof globalThis & { sgChanges: Change[] };

/** Runs in the page: notes when each node's card shows a new status. */
function watchNodes(): void {
  const changes: Change[] = [];
  (globalThis as Watched).sgChanges = changes;
  new MutationObserver((records) => {
    for (const { target } of records) {
      if (!(target instanceof HTMLElement)) continue;
      changes.push({
        node: target.dataset.node ?? '',
        status: target.dataset.status ?? '',
        at: performance.timeOrigin + performance.now(),
      });
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-status'] });
}

function seenChanges(): Change[] {
  return (globalThis as Watched).sgChanges;
}

/** Milliseconds for each node that went to waiting or done, from its event's commit to the DOM. */
async function latencies(runId: string, changes: Change[]): Promise<number[]> {
  const events = await query<{ kind: string; state: string; at: number }>(
    `select kind, data->>'state' as state, (extract(epoch from at) * 1000)::float8 as at from run_event
      where run_id = $1 and kind in ('step.waiting', 'step.done')`,
    [runId],
  );
  const statusOf: Record<string, string> = { 'step.waiting': 'waiting', 'step.done': 'done' };
  return events.flatMap(({ kind, state, at }) => {
    const change = changes.find(({ node, status }) => node === state && status === statusOf[kind]);
    return change ? [change.at - at] : [];
  });
}

function report(figures: number[]): Awaited<ReturnType<Bench>> {
  const p50Ms = Math.round(quantile(figures, 0.5) * 10) / 10;
  const p95Ms = Math.round(quantile(figures, 0.95) * 10) / 10;
  const met = p95Ms <= targetP95Ms && figures.length >= approvals;
  const json = { bench: 'live', samples: figures.length, p50Ms, p95Ms, targetP95Ms, met };
  return {
    json,
    text: `commit → DOM: p50 ${p50Ms} ms, p95 ${p95Ms} ms over ${figures.length} changes (target p95 ≤ ${targetP95Ms} ms)`,
    met,
  };
}
