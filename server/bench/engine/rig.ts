import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { compile } from '#nodes/core/compile/compile.ts';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Program } from '#nodes/core/program.ts';
import { decideStart } from '#nodes/core/step.ts';
import { definitions } from '#nodes/index.gen.ts';
import { startStack } from '#server/boot/stack.ts';

/** A durable Postgres of its own with the product's schema, and workers that are real processes. */
export type Rig = {
  url: string;
  pool: pg.Pool;
  projectId: string;
  worker: () => Promise<BenchWorker>;
  close: () => Promise<void>;
};

export type BenchWorker = {
  readyMs: number;
  /** Resident memory once the worker has been idle for a moment. */
  settledRssBytes: () => Promise<number>;
  stop: () => Promise<void>;
};

const settleMs = 5_000;

/** A pipeline that runs can be started of. */
export type Prepared = { pipelineId: string; programId: string; graphId: string; program: Program };

export async function openRig(): Promise<Rig> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-bench-'));
  fs.chmodSync(home, 0o755);
  const stack = await startStack({ home, web: false, worker: false, chroma: false, env: { DATABASE_URL: undefined } });
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 24 });
  await pool.query(
    `insert into "user" (id, name, email, "updatedAt") values ('bench', 'Bench', 'bench@example.test', now())`,
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into project (id, owner_id, name) values (gen_random_uuid(), 'bench', 'Bench') returning id`,
  );
  return {
    url: stack.databaseUrl,
    pool,
    projectId: rows[0]?.id ?? '',
    worker: () => startWorkerProcess(stack.databaseUrl, pool),
    async close() {
      await pool.end();
      await stack.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

const main = path.resolve(import.meta.dirname, '../../engine/main.ts');

async function startWorkerProcess(url: string, pool: pg.Pool): Promise<BenchWorker> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', main], {
    env: { ...process.env, DATABASE_URL: url, CHROMA_URL: 'http://127.0.0.1:9', NODE_OPTIONS: '', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await isReady(pool, child))) await sleep(10);
  return {
    readyMs: performance.now() - begun,
    async settledRssBytes() {
      await sleep(settleMs);
      return rssOf(child.pid ?? 0);
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function isReady(pool: pg.Pool, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}.`);
  const { rowCount } = await pool.query(
    'select from worker where pid = $1 and stopped_at is null and dead_at is null and cardinality(graphile_ids) > 0',
    [child.pid],
  );
  return rowCount === 1;
}

function rssOf(pid: number): number {
  const line = fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
  return Number(line?.[1] ?? Number.NaN) * 1024;
}

/** Compiles a graph and stores it as a pipeline whose runs can be started. */
export async function prepare({ pool, projectId }: Rig, graph: GraphInput): Promise<Prepared> {
  const { program, diagnostics } = compile(graph, definitions);
  if (!program) throw new Error(`The graph of the bench does not compile: ${JSON.stringify(diagnostics.slice(0, 3))}`);
  const pipeline = await pool.query<{ id: string }>(
    `insert into pipeline (id, project_id, name, draft) values (gen_random_uuid(), $1, $2, '{}') returning id`,
    [projectId, graph.name],
  );
  const stored = await pool.query<{ id: string }>(
    'insert into program (hash, ir) values ($1, $2) on conflict (hash) do update set hash = excluded.hash returning id::text',
    [program.hash, program],
  );
  const kept = await pool.query<{ id: string }>('select sg_graph_id($1::jsonb)::text as id', [JSON.stringify(graph)]);
  return {
    pipelineId: pipeline.rows[0]?.id ?? '',
    programId: stored.rows[0]?.id ?? '',
    graphId: kept.rows[0]?.id ?? '',
    program,
  };
}

/** Starts runs as the product does: those that are asked for at the same time travel together. */
export async function startAll({ pool, projectId }: Rig, prepared: Prepared, inputs: unknown[]): Promise<string[]> {
  const { pipelineId, programId, graphId, program } = prepared;
  const [trigger = ''] = Object.keys(program.triggers);
  const start = decideStart(program, trigger);
  const common = {
    projectId,
    pipelineId,
    programId,
    graphId,
    version: 1,
    trigger,
    mode: 'production',
    requestKey: null,
    start,
  };
  const { rows } = await pool.query<{ s: { runId: string }[] }>({
    name: 'bench_start',
    text: 'select sg_start_runs($1::jsonb) as s',
    values: [JSON.stringify(inputs.map((input) => ({ ...common, input })))],
  });
  return rows[0]?.s.map(({ runId }) => runId) ?? [];
}

/** Waits until all runs have ended, whichever way. */
export async function untilEnded({ pool }: Rig, pollMs: number): Promise<void> {
  for (const deadline = Date.now() + 300_000; ; ) {
    const { rowCount } = await pool.query({ name: 'bench_open', text: 'select from live_run limit 1' });
    if (rowCount === 0) return;
    if (Date.now() > deadline) throw new Error('The runs of the bench do not end.');
    if (pollMs > 0) await sleep(pollMs);
  }
}
