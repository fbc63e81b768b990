import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#server/api/context.ts';
import { handWorker } from '#server/api/testing/drive.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { greet } from '#server/api/testing/replies.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { query } from '#server/db/pool.ts';

let world: World;
let operator: Operator;
let worker: Awaited<ReturnType<typeof handWorker>>;
let projectId: string;
let runId: string;
let task: { taskId: string; token: string };

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
  worker = await handWorker();
});
beforeEach(async () => {
  projectId = (await world.project(operator)).projectId;
  const { id: pipelineId } = await api().pipelines.create({ projectId, name: 'Greeting', graph: greeting() });
  const input = { person: 'Ann' };
  const asked = { projectId, pipelineId, source: 'draft', trigger: 'start', input, requestKey: null } as const;
  runId = (await api().runs.start(asked)).runId;
});
afterAll(async () => await world.close());

const api = () => world.as(operator);
const decide = (more: {
  decision: 'approve' | 'reject';
  value?: { [key: string]: string | number };
  reason?: string;
}) => api().inbox.decide({ projectId, ...task, ...more });

async function untilItWaits(reply = greet): Promise<void> {
  await worker.work(runId, reply);
  const [open] = await api().inbox.list({ projectId, status: 'open' });
  const { id: taskId, token } = await api().inbox.get({ projectId, taskId: open?.id ?? '' });
  task = { taskId, token };
}
const storedDecision = async () =>
  (await query<{ decision: object }>('select decision from task where id = $1', [task.taskId]))[0]?.decision;

describe('a task', () => {
  test('says what is proposed, why it is asked, and what happens if it is approved', async () => {
    await untilItWaits();
    expect(await api().inbox.get({ projectId, taskId: task.taskId })).toMatchObject({
      kind: 'approval',
      title: 'Send greeting',
      subject: 'Ann',
      risk: 0.6,
      reasons: ['First contact (+0.4)'],
      pipelineName: 'Greeting',
      runRef: 1,
      state: 'approve',
      status: 'open',
      decision: null,
      request: { proposal: { body: 'Dear Ann' } },
      effects: [{ text: expect.stringContaining('Send the greeting'), reversible: false }],
      spend: { costMicros: 0 },
    });
  });

  test('once approved lets the run go on with the proposal as it was', async () => {
    await untilItWaits();
    await decide({ decision: 'approve' });
    expect(await storedDecision()).toMatchObject({
      decision: 'approve',
      value: { body: 'Dear Ann' },
      edited: false,
      by: operator.email,
    });
    await worker.work(runId, greet);
    expect(await api().runs.get({ projectId, runId })).toMatchObject({ status: 'completed' });
  });

  test('may be edited and approved', async () => {
    await untilItWaits();
    await decide({ decision: 'approve', value: { body: 'Hello Ann' } });
    expect(await storedDecision()).toMatchObject({ value: { body: 'Hello Ann' }, edited: true });
  });

  test('edited into something that does not fit is refused, naming the field', async () => {
    await untilItWaits();
    await expect(decide({ decision: 'approve', value: { body: 7 } })).rejects.toThrow(/^body: expected/);
    await expect(decide({ decision: 'approve', value: {} })).rejects.toThrow(/^body: expected .*, got nothing/);
    expect(await api().inbox.list({ projectId, status: 'open' })).toHaveLength(1);
  });

  test('once rejected is never sent', async () => {
    await untilItWaits();
    await decide({ decision: 'reject', reason: 'Not now' });
    await worker.work(runId, greet);
    const run = await api().runs.get({ projectId, runId });
    expect(run).toMatchObject({ status: 'completed', nodes: { approve: { outcomes: { rejected: 1 } } } });
    expect(run.nodes).not.toHaveProperty('send');
    expect(await api().inbox.list({ projectId, status: 'decided' })).toMatchObject([
      { decision: { kind: 'decision', decision: 'reject', reason: 'Not now', by: operator.email } },
    ]);
  });

  test('is decided once, also by two tabs together', async () => {
    await untilItWaits();
    const both = await Promise.allSettled([decide({ decision: 'approve' }), decide({ decision: 'reject' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(decide({ decision: 'approve' })).rejects.toThrow('The task was already decided.');
  });

  test('is not decided without its token', async () => {
    await untilItWaits();
    task.token = 'guess';
    await expect(decide({ decision: 'approve' })).rejects.toMatchObject({ cause: { code: 'CONFLICT' } });
  });

  test('goes with its run', async () => {
    await untilItWaits();
    await api().runs.cancel({ projectId, runId });
    await expect(decide({ decision: 'approve' })).rejects.toThrow('The task was cancelled with its run.');
  });
});

describe('a task that asks whether something happened', () => {
  const lost = (step: Parameters<typeof greet>[0]) => {
    if (step.state !== 'send') return greet(step);
    const failure = { code: 'EFFECT_UNKNOWN', message: 'An earlier attempt was interrupted.' } as const;
    return { kind: 'unknown-effect', failure, effectKey: `${runId}:send:` } as const;
  };

  async function untilItAsks(): Promise<void> {
    await untilItWaits();
    await decide({ decision: 'approve' });
    await worker.work(runId, lost);
    await query(
      `insert into effect (key, run_id, step_id, kind, intent, attempt, status)
       select $1, run_id, id, 'email', '{"to": "ann@example.test"}', 1, 'unknown' from step where run_id = $2 and state = 'send'`,
      [`${runId}:send:`, runId],
    );
    await untilItWaits();
  }
  const answer = (said: 'happened' | 'repeat' | 'stop') => api().inbox.answer({ projectId, ...task, answer: said });

  test('shows what was about to happen', async () => {
    await untilItAsks();
    expect(await api().inbox.get({ projectId, taskId: task.taskId })).toMatchObject({
      kind: 'decision',
      reasons: ['An earlier attempt was interrupted.'],
      effect: { kind: 'email', intent: { to: 'ann@example.test' } },
      effects: [],
      provenance: [{ state: 'approve', title: 'Ask before greeting', entries: [{ kind: 'decision' }] }],
    });
  });

  test('is answered once, and not approved', async () => {
    await untilItAsks();
    await expect(decide({ decision: 'approve' })).rejects.toThrow(/asks whether something happened/);
    await answer('happened');
    await expect(answer('repeat')).rejects.toThrow('The task was already decided.');
    const [row] = await query<{ status: string }>('select status from effect where key = $1', [`${runId}:send:`]);
    expect(row).toEqual({ status: 'done' });
    const decided = await api().inbox.list({ projectId, status: 'decided' });
    expect(decided[0]).toMatchObject({ decision: { kind: 'answer', answer: 'happened', by: operator.email } });
  });

  test('an approval cannot be answered', async () => {
    await untilItWaits();
    await expect(answer('happened')).rejects.toThrow(/is an approval/);
  });
});
