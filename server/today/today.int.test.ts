import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Operator } from '#server/api/context.ts';
import { handWorker } from '#server/api/testing/drive.ts';
import { makeEverything } from '#server/api/testing/everything.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { greet } from '#server/api/testing/replies.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { query } from '#server/db/pool.ts';

let world: World;
let operator: Operator;
let projectId: string;

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
});
afterAll(async () => await world.close());
const api = () => world.as(operator);

const failure = { code: 'HTTP_UNAVAILABLE', message: 'No answer from erp.example.' } as const;

async function start(graph: GraphInput): Promise<string> {
  const { id: pipelineId } = await api().pipelines.create({ projectId, name: graph.name, graph });
  const asked = { projectId, pipelineId, source: 'draft', trigger: 'start', requestKey: null } as const;
  return (await api().runs.start({ ...asked, input: { person: 'Ann' } })).runId;
}

test('today of an empty project is empty', async () => {
  ({ projectId } = await world.project(operator));
  expect(await api().today.get({ projectId })).toMatchObject({
    waiting: [],
    waitingCount: 0,
    running: [],
    broke: [],
    spend: { totalMicros: 0, byPipeline: [] },
    outcomes: [],
  });
});

test('today tells what waits, runs, broke, was spent and achieved', async () => {
  const scope = await world.project(operator);
  ({ projectId } = scope);
  const { runId, taskId, pipelineId } = await makeEverything(world, operator, scope);
  const failing = await start(greeting('Failing'));
  await (await handWorker()).work(failing, (step) =>
    step.state === 'approve' ? { kind: 'failed', failure, retryInMs: null } : greet(step),
  );
  await query(
    `insert into effect (key, run_id, step_id, kind, intent, attempt, status, receipt_at)
     select $1, run_id, id, 'email', '{}', 1, 'done', now() from step where run_id = $2 and state = 'approve'`,
    [`${runId}:approve:`, runId],
  );
  const today = await api().today.get({ projectId });
  expect(today).toMatchObject({
    waiting: [{ id: taskId, title: 'Send greeting' }],
    waitingCount: 1,
    running: [{ id: runId, status: 'waiting', waitingFor: ['approval'], progress: { steps: 2, done: 1 } }],
    broke: [{ runId: failing, pipelineName: 'Failing', state: 'approve', title: 'Ask before greeting', failure }],
    spend: { totalMicros: 7, byPipeline: [{ pipelineId, name: 'Greeting', runs: 1, settledMicros: 7 }] },
    outcomes: [{ title: 'Ask before greeting', pipelineName: 'Greeting', count: 1 }],
  });
  expect(today.spend.hourly).toHaveLength(24);
  expect(today.spend.hourly.reduce((sum, { micros }) => sum + micros, 0)).toBe(7);
  expect(await api().projects.get({ projectId })).toMatchObject({
    spentTodayMicros: 7,
    waitingTasks: 1,
    activeRuns: 1,
    connections: { smtp: false, model: { rehearsal: true } },
  });
});
