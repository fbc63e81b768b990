import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { simulate } from '../simulate.ts';
import type { StepEvent } from '../step.ts';
import { type Answers, done, failed, programOf, ran, run } from '../testing/simulated.ts';

describe('waits', () => {
  const sleep = (ms: number): StepEvent => ({ kind: 'sleep', wake: { kind: 'in', ms } });
  const event = (ms: number | null): StepEvent => ({
    kind: 'await-event',
    name: 'paid',
    key: '7',
    wake: ms === null ? null : { kind: 'in', ms },
  });
  const call = (ms: number | null): StepEvent => ({
    kind: 'call',
    pipeline: 'other',
    version: 1,
    input: { n: 1 },
    wake: ms === null ? null : { kind: 'in', ms },
  });
  type More = Partial<Parameters<typeof simulate>[1]>;
  /** Runs tasks that first wait and then leave, and answers in which order they left and what had woken them. */
  const waiting = (waits: Record<string, StepEvent>, more: More = {}) => {
    const left: string[] = [];
    const names = Object.keys(waits);
    const program = programOf(
      { go: 'start', ...Object.fromEntries(names.map((name) => [name, 'task'])) },
      names.map((name) => `go.fired > ${name}`),
    );
    const result = simulate(program, {
      trigger: 'go',
      input: {},
      random: () => 0,
      maxSteps: 50,
      respond: ({ state, woken, nowMs }) => {
        if (!woken) return waits[state]!;
        left.push(`${state} ${woken.kind} ${nowMs}`);
        return done('ok', woken as unknown as Json);
      },
      ...more,
    });
    return { ...result, left };
  };

  test('time passes to the earliest of the times', () => {
    const result = waiting({ a: sleep(50), b: sleep(20), c: { kind: 'sleep', wake: { kind: 'at', ms: 30 } } });
    expect(result).toMatchObject({ status: 'completed', elapsedMs: 50 });
    expect(result.left).toEqual(['b timer 20', 'c timer 30', 'a timer 50']);
    expect(waiting({ a: sleep(5) }, { startMs: 1_000 })).toMatchObject({ left: ['a timer 1005'], elapsedMs: 5 });
    const past = waiting({ a: { kind: 'sleep', wake: { kind: 'at', ms: 3 } } }, { startMs: 10 });
    expect(past).toMatchObject({ left: ['a timer 10'], elapsedMs: 0 });
  });

  test('an event comes, or its time is over before', () => {
    expect(waiting({ a: event(null) }).left).toEqual(['a event 0']);
    expect(waiting({ a: event(90) }).left).toEqual(['a event 0']);
    expect(waiting({ a: event(90) }, { random: () => 0.99 }).left).toEqual(['a timer 90']);
    expect(waiting({ a: event(90) }, { receive: () => null }).left).toEqual(['a timer 90']);
    expect(waiting({ a: event(null) }, { receive: () => null })).toMatchObject({ status: 'waiting', left: [] });
    const sent = waiting({ a: event(90) }, { receive: ({ name, key }) => ({ data: `${name} ${key}` }) });
    expect(sent.steps.at(-1)?.output).toEqual({ kind: 'event', data: 'paid 7', at: 0 });
  });

  test('a run that was called ends, or its time is over before', () => {
    expect(waiting({ a: call(null) }).steps.at(-1)?.output).toMatchObject({
      kind: 'child',
      runId: 'a:',
      status: 'completed',
      output: { n: 1 },
    });
    expect(waiting({ a: call(90) }, { call: () => null }).left).toEqual(['a timer 90']);
    const failure = { code: 'TIMEOUT', message: 'Late.' } as const;
    const ended = waiting({ a: call(90) }, { call: () => ({ status: 'failed', output: null, failure }) });
    expect(ended.steps.at(-1)?.output).toMatchObject({ status: 'failed', failure });
  });

  test('a step that waits says for what', () => {
    const { steps } = waiting({ a: event(null) }, { receive: () => null });
    expect(steps.at(-1)).toMatchObject({ status: 'waiting', waiting: { kind: 'event', name: 'paid', key: '7' } });
  });

  test('a run that takes longer than it may has failed', () => {
    const program = programOf({ go: 'start', a: 'task', b: 'task' }, ['go.fired > a', 'go.fired > b']);
    program.settings = { ...program.settings, timeoutMs: 5_000 };
    const answers: Answers = { a: sleep(4_999), b: sleep(5_000) };
    let woken = 0;
    const result = simulate(program, {
      trigger: 'go',
      input: {},
      random: () => 0,
      maxSteps: 50,
      respond: (step) => {
        if (step.woken) woken += 1;
        return step.woken ? done('ok') : (answers[step.state] as StepEvent);
      },
    });
    expect(woken).toBe(1);
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'RUN_TIMEOUT' }, elapsedMs: 5_000 });
    expect(result.steps.at(-1)?.status).toBe('cancelled');
  });
});

describe('a failure that is asked about', () => {
  const program = programOf({ go: 'start', a: { type: 'task', onFailure: 'ask' } as never, z: 'task' }, [
    'go.fired > a',
    'a.ok > z',
  ]);
  const asked = (resolve: Parameters<typeof simulate>[1]['resolve']) => {
    const decisions: unknown[] = [];
    const result = simulate(program, {
      trigger: 'go',
      input: {},
      random: () => 0,
      maxSteps: 50,
      ...(resolve ? { resolve } : {}),
      respond: ({ state, attempt, decision }) => {
        if (decision) decisions.push(decision);
        return state === 'a' && attempt === 1 ? failed() : done('ok', { text: 'late' });
      },
    });
    return { ...result, decisions };
  };

  test('stays so where nobody says otherwise', () => {
    expect(asked(undefined)).toMatchObject({ status: 'failed', failure: { code: 'STOPPED' } });
    const failure = { code: 'STOPPED', message: 'Enough.' } as const;
    expect(asked(() => ({ kind: 'stop', failure }))).toMatchObject({ status: 'failed', failure });
  });

  test('waits until someone does', () => {
    expect(asked(() => null)).toMatchObject({ status: 'waiting', executed: 2 });
  });

  test('is tried once more, with another input', () => {
    const retry = { kind: 'retry', input: { text: 'better' } } as const;
    expect(asked(() => retry)).toMatchObject({ status: 'completed', decisions: [retry] });
  });

  test('is skipped with a value', () => {
    const result = asked(() => ({ kind: 'skip', value: { text: 'by hand' } }));
    expect(result.status).toBe('completed');
    expect(result.steps.find(({ state }) => state === 'a')).toMatchObject({
      outcome: 'ok',
      output: { text: 'by hand' },
    });
  });
});

test('what is proposed to a person goes on with the decision', () => {
  const program = programOf({ go: 'start', a: 'approve', z: 'task' }, ['go.fired > a', 'a.approved > z']);
  const task = { kind: 'approval', title: 'Send' } as never;
  const decision = { decision: 'approve', value: 1, edited: false, reason: null, by: 'me', at: 0 } as const;
  const result = simulate(program, {
    trigger: 'go',
    input: {},
    random: () => 0,
    maxSteps: 50,
    approve: () => decision,
    respond: (step) => {
      if (step.state === 'z') return done('ok');
      return step.decision ? done('approved', { text: 'x' }) : { kind: 'wait', task };
    },
  });
  expect(result.status).toBe('completed');
});

test('what undoes another never starts', () => {
  const program = programOf({ go: 'start', a: 'keep', u: 'keep', z: 'task' }, [
    'go.fired > a',
    'a.ok > z',
    'a.undo > u',
  ]);
  expect(ran(run(program))).toEqual(['a', 'go', 'z']);
});
