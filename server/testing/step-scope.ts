import type { Pool } from 'pg';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { effectLedger } from '#server/engine/effect-ledger.ts';
import { holdsLease } from '#server/engine/holds-lease.ts';
import { parseSettings } from '#server/projects/settings.ts';

export type TestStep = {
  scope: StepScope;
  explained: Provenance[];
  told: string[];
  logged: string[];
  cancel: () => void;
};
export type StepOptions = { path?: string; attempt?: number; settings?: Record<string, unknown> };

/** A project with one running run, in which steps are made for tests of adapters. */
export type TestRun = {
  projectId: string;
  runId: bigint;
  /** An attempt of a step that this worker holds; a later attempt of the same path is the same step. */
  attempt: (options?: StepOptions) => Promise<TestStep>;
};

/** Makes a project and a run in an empty test database. Rows of the engine are written by hand: no engine runs. */
export async function testRun(db: Pool): Promise<TestRun> {
  const { projectId, workerId, runId } = await insertRun(db);
  return {
    projectId,
    runId: BigInt(runId),
    async attempt({ path = '', attempt = 1, settings = {} } = {}) {
      const stepId = await idOf(
        db,
        `insert into step (run_id, state, path, status, attempt, lease) values ($1, 'step', $2, 'running', $3, $4)
         on conflict (run_id, state, path) do update set attempt = excluded.attempt returning id`,
        [runId, path, attempt, workerId],
      );
      const abort = new AbortController();
      const explained: Provenance[] = [];
      const told: string[] = [];
      const logged: string[] = [];
      const claimed = { runId, stepId, state: 'step', path, attempt, decision: null };
      const scope: StepScope = {
        projectId,
        runId: BigInt(runId),
        stepId: BigInt(stepId),
        workerId: BigInt(workerId),
        state: 'step',
        path,
        attempt,
        key: `${runId}:step:${path}`,
        signal: abort.signal,
        explain: (entry) => void explained.push(entry),
        effects: effectLedger(db, workerId, claimed),
        holdsLease: () => holdsLease(db, workerId, claimed),
        tellText: (delta) => void told.push(delta),
        leadsFrom: () => ['step'],
        tellLog: (message) => void logged.push(message),
        settings: parseSettings(settings),
        db,
      };
      return { scope, explained, told, logged, cancel: () => abort.abort() };
    },
  };
}

async function insertRun(db: Pool): Promise<{ projectId: string; workerId: string; runId: string }> {
  const owner = crypto.randomUUID();
  await db.query(`insert into "user" (id, name, email, "updatedAt") values ($1, 'Op', $1 || '@example.test', now())`, [
    owner,
  ]);
  const projectId = await idOf(
    db,
    `insert into project (id, owner_id, name) values (gen_random_uuid(), $1, 'P') returning id`,
    [owner],
  );
  const pipelineId = await idOf(
    db,
    `insert into pipeline (id, project_id, name, draft) values (gen_random_uuid(), $1, 'Pipe', '{}') returning id`,
    [projectId],
  );
  const programId = await idOf(db, `insert into program (hash, ir) values ($1, '{}') returning id`, [
    crypto.randomUUID(),
  ]);
  const workerId = await idOf(
    db,
    `insert into worker (host, pid, version, concurrency) values ('h', 1, '0', 1) returning id`,
    [],
  );
  const runId = await idOf(
    db,
    `insert into run (project_id, pipeline_id, graph_id, program_id, ref, trigger, mode, input, status, active)
     values ($1, $2, sg_graph_id('{}'), $3, 1, 'start', 'test', '{}', 'running', 1) returning id`,
    [projectId, pipelineId, programId],
  );
  return { projectId, workerId, runId };
}

async function idOf(db: Pool, sql: string, params: unknown[]): Promise<string> {
  const { rows } = await db.query<{ id: string }>(sql, params);
  return String(rows[0]?.id);
}
