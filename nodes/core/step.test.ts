import { expect, test } from 'vitest';
import { compile } from './compile/compile.ts';
import { innermost, iterationEnd, iterationPath, type Program, readProgram } from './program.ts';
import { decide, decideDead, decideIteration, decideStart, fireAt, type StepEvent } from './step.ts';
import { testDefinitions } from './testing/definitions.ts';
import { expr, graphOf } from './testing/graph-of.ts';

const program: Program = compile(
  graphOf(
    {
      go: 'start',
      a: 'task',
      b: 'task',
      any: { type: 'join', config: { mode: 'any' } },
      count: { type: 'join', config: { mode: 'count', count: 2 } },
      m: { type: 'map', inputs: { items: expr('[1]') } },
      x: 'task',
      l: { type: 'loop', inputs: { initial: expr('1'), next: expr('item'), again: expr('true') } },
      ask: { type: 'task', onFailure: 'ask' } as never,
    },
    [
      'go.fired > a',
      'go.fired > b',
      'a.ok > any',
      'b.ok > any',
      'a.ok > count',
      'b.ok > count',
      'any.done > m',
      'm.each > x',
      'm.done > l',
      'm.done > ask',
    ],
  ),
  testDefinitions,
).program!;

test('a finished step starts what follows and settles joins', () => {
  expect(decide(program, { state: 'a', path: '' }, { kind: 'done', outcome: 'ok', output: 1 })).toMatchObject({
    stepStatus: 'done',
    outcome: 'ok',
    output: 1,
    starts: [],
    arrivals: [
      { join: '$end', taken: 2, dead: 0, fireAt: null },
      { join: 'any', taken: 1, dead: 0, edges: 2, fireAt: 1 },
      { join: 'count', taken: 1, dead: 0, edges: 2, fireAt: 2 },
    ],
  });
});

test('a step that a hard budget has no room for waits for it, and asks where waiting for others is no use', () => {
  const at = { state: 'a', path: '' };
  const hold = {
    ...{ budgetId: 'b', budget: 'day' as const, period: '2026-11-27', renewsAtMs: 9 },
    ...{ limitMicros: 100, spentMicros: 60, reservedMicros: 30, neededMicros: 50 },
  };
  const held = (asks: boolean) => decide(program, at, { kind: 'over-budget', hold: { ...hold, asks } });
  expect(held(true)).toMatchObject({
    stepStatus: 'waiting',
    waiting: { kind: 'budget', ...hold, asks: true },
    task: { kind: 'budget', hold: { ...hold, asks: true } },
    wake: null,
  });
  expect(held(false)).toMatchObject({ stepStatus: 'waiting', waiting: { kind: 'budget' }, task: null });
});

test('a step that waits says why', () => {
  const at = { state: 'a', path: '' };
  const task = { kind: 'approval', title: 'T' } as unknown as Extract<StepEvent, { kind: 'wait' }>['task'];
  expect(decide(program, at, { kind: 'wait', task })).toMatchObject({
    stepStatus: 'waiting',
    waiting: { kind: 'approval' },
    task,
  });
  const failure = { code: 'MODEL_TIMEOUT', message: 'Late.' } as const;
  expect(decide(program, at, { kind: 'failed', failure, retryInMs: 50 })).toMatchObject({
    stepStatus: 'waiting',
    wake: { kind: 'in', ms: 50 },
    waiting: { kind: 'retry', failure },
    failsRun: false,
  });
  expect(decide(program, at, { kind: 'unknown-effect', failure, effectKey: 'k' })).toMatchObject({
    waiting: { kind: 'decision' },
    task: { kind: 'decision', effectKey: 'k' },
  });
  expect(decide(program, { state: 'm', path: '' }, { kind: 'map', items: [1, 2], concurrency: 1 })).toMatchObject({
    waiting: { kind: 'items', total: 2, concurrency: 1 },
    map: { items: [1, 2] },
  });
});

test('a step that sleeps, awaits an event or has started a run says until when', () => {
  const at = { state: 'a', path: '' };
  const wake = { kind: 'in', ms: 70 } as const;
  expect(decide(program, at, { kind: 'sleep', wake })).toMatchObject({
    stepStatus: 'waiting',
    wake,
    waiting: { kind: 'timer', untilMs: 70 },
  });
  expect(decide(program, at, { kind: 'await-event', name: 'paid', key: '7', wake })).toMatchObject({
    wake,
    event: { name: 'paid', key: '7' },
    waiting: { kind: 'event', name: 'paid', key: '7', untilMs: 70 },
  });
  expect(decide(program, at, { kind: 'await-event', name: 'paid', key: '7', wake: null })).toMatchObject({
    wake: null,
    waiting: { untilMs: null },
  });
  const call = { pipeline: 'other', version: 2, input: { n: 1 } };
  expect(decide(program, at, { kind: 'call', ...call, wake })).toMatchObject({
    call,
    waiting: { kind: 'child', pipeline: 'other', version: 2, runId: null, untilMs: 70 },
  });
  expect(decide(program, at, { kind: 'call', ...call, wake: null })).toMatchObject({ waiting: { untilMs: null } });
});

test('a loop begins with its first pass', () => {
  expect(decide(program, { state: 'l', path: '' }, { kind: 'loop', value: 7 })).toMatchObject({
    stepStatus: 'waiting',
    waiting: { kind: 'passes', bound: 3 },
    map: { items: [7], concurrency: 1, loop: true },
  });
});

test('a failure that nobody handles is asked about once, where the node says so', () => {
  const failure = { code: 'INTERNAL', message: 'No.' } as const;
  const at = { state: 'ask', path: '' };
  expect(decide(program, at, { kind: 'failed', failure, retryInMs: null })).toMatchObject({
    stepStatus: 'waiting',
    failsRun: false,
    waiting: { kind: 'failure', failure },
    task: { kind: 'failure', failure },
  });
  expect(decide(program, at, { kind: 'failed', failure, retryInMs: null, final: true })).toMatchObject({
    stepStatus: 'failed',
    failsRun: true,
  });
});

test('a failure ends the iteration it happens in, or the run', () => {
  const failure = { code: 'INTERNAL', message: 'No.' } as const;
  const event: StepEvent = { kind: 'failed', failure, retryInMs: null };
  expect(decide(program, { state: 'x', path: 'm:2' }, event)).toMatchObject({
    failsRun: false,
    failsIteration: { parent: '', mapId: 'm', index: 2 },
  });
  expect(decide(program, { state: 'a', path: '' }, event)).toMatchObject({ failsRun: true, failsIteration: null });
});

test('an iteration starts the body of its map', () => {
  expect(decideIteration(program, { state: 'm', path: '' }, 3)).toEqual({
    starts: [{ state: 'x', path: 'm:3' }],
    arrivals: [],
  });
  expect(() => decideIteration(program, { state: 'a', path: '' }, 0)).toThrow('State "a" has no body to repeat.');
});

test('a join that cannot fire any more settles what waits for it', () => {
  expect(decideDead(program, 'any', '')).toMatchObject([{ join: '$end', taken: 0, dead: 3 }]);
  expect(decideDead(program, 'gone', '')).toEqual([]);
});

test('what a program does not have is an error, not a silence', () => {
  expect(() => decide(program, { state: 'gone', path: '' }, { kind: 'done', outcome: 'ok', output: 1 })).toThrow(
    'no state "gone"',
  );
  expect(() => fireAt(program, 'gone')).toThrow('no join "gone"');
  expect(() => decideStart({ ...program, triggers: {} }, 'go')).toThrow('it has none');
  const broken: Program = { ...program, joins: {} };
  expect(() => decide(broken, { state: 'a', path: '' }, { kind: 'done', outcome: 'ok', output: 1 })).toThrow('no join');
  expect(() => decide(program, { state: 'a', path: '' }, { kind: 'odd' } as unknown as StepEvent)).toThrow(
    'Not a known kind',
  );
  const odd = { ...program, joins: { any: { rule: { kind: 'odd' }, edges: 1, ifDead: [] } } } as unknown as Program;
  expect(() => fireAt(odd, 'any')).toThrow('Not a known kind');
});

test('a program that was stored by earlier software is read as it was meant', () => {
  expect(readProgram(program)).toEqual(program);
  const bare = (from: Program): Program => {
    const { settings: _, ...rest } = structuredClone(from);
    for (const state of Object.values(rest.states) as object[])
      for (const member of ['undo', 'onFailure']) Reflect.deleteProperty(state, member);
    for (const { body } of Object.values(rest.states))
      if (body) for (const member of ['again', 'tolerates']) Reflect.deleteProperty(body, member);
    return rest as Program;
  };
  const { l: _, ...states } = bare(program).states;
  const old = { ...bare(program), states };
  old.states.m!.config = { onItemError: 'stop' };
  expect(readProgram(old).states.m).toMatchObject({
    undo: null,
    onFailure: 'stop',
    body: { again: null, tolerates: 0 },
  });
  old.states.m!.config = {};
  expect(readProgram(old).states.m?.body?.tolerates).toBeNull();
  expect(readProgram(old).settings).toEqual({ timeoutMs: null, onFailure: 'stop', thresholds: [] });
  expect(readProgram({ ...program, settings: undefined as never }).settings.onFailure).toBe('stop');
});

test('paths of iterations are put together and taken apart', () => {
  const inner = iterationPath(iterationPath('', 'leads', 3), 'lines', 0);
  expect(inner).toBe('leads:3/lines:0');
  expect(innermost(inner)).toEqual({ parent: 'leads:3', mapId: 'lines', index: 0 });
  expect(innermost('leads:3')).toEqual({ parent: '', mapId: 'leads', index: 3 });
  expect(innermost('')).toBeNull();
  expect(iterationEnd('leads')).toBe('$end:leads');
});
