import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { createWorld } from '#nodes/testing/capabilities.ts';
import { type FlowCase, flowCases, flowGraph, flowInput, flowProgram } from '#nodes/testing/flows.ts';
import { runFlow } from '#nodes/testing/run-flow.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { getRunReport, type RunReport } from '#server/runs/report.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

/** What a run came to, whoever ran it. `ran`: the states that have been done or have failed. */
type End = { status: string; output: JsonObject; failure: string | undefined; ran: string[] };

const cases = flowCases().map((flow, n) => ({ flow, n, title: `${flow.file} ${JSON.stringify(flow.input)}` }));
const started = new Map<number, string>();
const inputs = new Map<number, JsonObject>();

let database: TestDatabase;
let worker: WorkerProcess;
let scope: Scope;

// All at once: some of them wait for seconds.
beforeAll(async () => {
  database = await testDatabase();
  worker = await workerProcess(database.pool, { DATABASE_URL: database.url, CHROMA_URL: testChromaUrl() });
  scope = scopeOf((await ensureFirstProject()).id, 'test');
  const called = new Map(cases.flatMap(({ flow }) => (flow.pipelines ?? []).map(({ name, file }) => [name, file])));
  for (const [name, file] of called) await published(name, file);
  for (const { flow, n } of cases) {
    const pipelineId = await published(`Flow ${n}`, flow.file);
    const input = flowInput(flow, Date.now());
    inputs.set(n, input);
    const start = { pipelineId, source: 'published', trigger: flow.trigger, input, requestKey: null } as const;
    started.set(n, (await startRun(scope, start)).runId);
  }
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await database.close();
});

async function published(name: string, file: string): Promise<string> {
  const { id } = await createPipeline(scope, { name, graph: flowGraph(file) });
  await publishPipeline(scope, { pipelineId: id, note: '', revision: 1 });
  return id;
}

/** The end of a run: until it is as it should be, or has ended otherwise. */
async function engineEnd(runId: string, { expect: { status } }: FlowCase): Promise<End> {
  for (;;) {
    const report: RunReport = await getRunReport(scope, runId);
    const over = ['completed', 'failed', 'cancelled'].includes(report.status);
    const waits = status === 'waiting' && report.status === 'waiting';
    if (over || waits)
      return endOf({ ...report, steps: report.steps.map(({ stateId, ...step }) => ({ ...step, state: stateId })) });
    await sleep(30);
  }
}

async function simulatedEnd(flow: FlowCase, input: JsonObject): Promise<End> {
  const called = Object.fromEntries((flow.pipelines ?? []).map(({ name, file }) => [name, flowProgram({ file })]));
  const program = flowProgram(flow);
  const world = createWorld();
  world.state.now = Date.now();
  return endOf(await runFlow({ program, trigger: flow.trigger, input, random: () => 0, called }, world));
}

type Ended = {
  status: string;
  output: unknown;
  failure: { code: string } | null;
  steps: { state: string; status: string }[];
};

function endOf({ status, output, failure, steps }: Ended): End {
  const over = steps.filter((step) => step.status === 'done' || step.status === 'failed');
  return {
    status,
    output: (output ?? {}) as JsonObject,
    failure: failure?.code,
    ran: [...new Set(over.map(({ state }) => state))].sort(),
  };
}

describe('the engine and the simulator bring a program to the same end', () => {
  test.each(cases)(
    '$title',
    async ({ flow, n }) => {
      const end = await engineEnd(started.get(n) ?? '', flow);
      expect(end).toEqual(await simulatedEnd(flow, inputs.get(n) ?? {}));
      expect({ status: end.status, output: end.output, failure: end.failure }).toEqual({
        status: flow.expect.status,
        output: flow.expect.output,
        failure: flow.expect.failure,
      });
    },
    60_000,
  );
});
