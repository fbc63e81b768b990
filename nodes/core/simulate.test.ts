import { describe, expect, test } from 'vitest';
import { compile } from './compile/compile.ts';
import type { Json } from './json.ts';
import type { Program } from './program.ts';
import { type Simulation, simulate } from './simulate.ts';
import type { StepEvent } from './step.ts';
import { testDefinitions } from './testing/definitions.ts';
import { expr, graphOf } from './testing/graph-of.ts';

const programOf = (...args: Parameters<typeof graphOf>): Program => {
  const { program, diagnostics } = compile(graphOf(...args), testDefinitions);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return program!;
};
const done = (outcome: string, output: Json = {}): StepEvent => ({ kind: 'done', outcome, output });
const failed = (retryInMs: number | null = null): StepEvent => ({
  kind: 'failed',
  failure: { code: 'INTERNAL', message: 'It failed.' },
  retryInMs,
});
type Answers = Record<string, StepEvent | ((path: string, attempt: number) => StepEvent)>;
const run = (program: Program, answers: Answers = {}, trigger = 'go', random = () => 0): Simulation =>
  simulate(program, {
    trigger,
    input: { name: 'Ada', count: 1 },
    random,
    maxSteps: 100,
    respond: ({ state, path, attempt }) => {
      const answer = answers[state] ?? done(Object.keys(program.states[state]!.arcs)[0]!, { text: state });
      return typeof answer === 'function' ? answer(path, attempt) : answer;
    },
  });
const ran = ({ steps }: Simulation): string[] =>
  steps
    .filter(({ status }) => status === 'done')
    .map(({ state, path }) => (path === '' ? state : `${path}/${state}`))
    .sort();

describe('choices and joins', () => {
  const branch = { type: 'branch', inputs: { condition: expr('true') } };
  test('only the way that was chosen runs, and what follows runs once', () => {
    const program = programOf({ go: 'start', b: branch, x: 'task', y: 'task', z: 'task' }, [
      'go.fired > b',
      'b.true > x',
      'b.false > y',
      'x.ok > z',
      'y.ok > z',
    ]);
    expect(ran(run(program, { b: done('true') }))).toEqual(['b', 'go', 'x', 'z']);
    expect(ran(run(program, { b: done('false') }))).toEqual(['b', 'go', 'y', 'z']);
    expect(program.joins).toMatchObject({ z: { rule: { kind: 'all' }, edges: 2 }, $end: { edges: 1 } });
  });

  test('a join waits for all branches that run, and not for those that do not', () => {
    const program = programOf({ go: 'start', b: branch, x: 'task', y: 'task', z: 'task' }, [
      'go.fired > b',
      'go.fired > x',
      'b.true > y',
      'x.ok > z',
      'y.ok > z',
    ]);
    const order = (random: number) =>
      run(program, { b: done('true') }, 'go', () => random).steps.map(({ state }) => state);
    expect(order(0).at(-1)).toBe('z');
    expect(order(0.99).at(-1)).toBe('z');
    expect(ran(run(program, { b: done('false') }))).toEqual(['b', 'go', 'x', 'z']);
  });

  test('any branch is enough for a join that says so; the run still waits for the late one', () => {
    const program = programOf(
      { go: 'start', x: 'task', y: 'task', j: { type: 'join', config: { mode: 'any' } }, z: 'task' },
      ['go.fired > x', 'go.fired > y', 'x.ok > j', 'y.ok > j', 'j.done > z'],
    );
    const result = run(program);
    expect(result.status).toBe('completed');
    expect(result.steps.map(({ state }) => state)).toEqual(['go', 'x', 'y', 'j', 'z']);
    expect(ran(result)).toEqual(['go', 'j', 'x', 'y', 'z']);
  });

  test('a join that counts and gets too few does not run, and what waits for it goes on', () => {
    const nodes = {
      go: 'start',
      b: branch,
      x: 'task',
      y: 'task',
      k: { type: 'join', config: { mode: 'count', count: 2 } },
      after: 'task',
      w: 'task',
      z: 'task',
    };
    const program = programOf(nodes, [
      'go.fired > b',
      'go.fired > x',
      'go.fired > w',
      'b.true > y',
      'x.ok > k',
      'y.ok > k',
      'k.done > after',
      'after.ok > z',
      'w.ok > z',
    ]);
    expect(ran(run(program, { b: done('false') }))).toEqual(['b', 'go', 'w', 'x', 'z']);
    expect(ran(run(program, { b: done('true') }))).toEqual(['after', 'b', 'go', 'k', 'w', 'x', 'y', 'z']);
  });

  test('the branches of a trigger that did not fire are dead', () => {
    const program = programOf({ go: 'start', hook: 'hook', x: 'task', y: 'task', z: 'task' }, [
      'go.fired > x',
      'hook.fired > y',
      'x.ok > z',
      'y.ok > z',
    ]);
    expect(ran(run(program))).toEqual(['go', 'x', 'z']);
    expect(ran(run(program, {}, 'hook'))).toEqual(['hook', 'y', 'z']);
    expect(() => run(program, {}, 'gone')).toThrow('The program has no trigger "gone"; it has go, hook.');
  });
});

describe('failures', () => {
  test('a failure that is wired goes on there', () => {
    const program = programOf({ go: 'start', a: 'task', ok: 'task', f: 'task' }, [
      'go.fired > a',
      'a.ok > ok',
      'a.error > f',
    ]);
    const result = run(program, { a: failed() });
    expect(result.status).toBe('completed');
    expect(ran(result)).toEqual(['f', 'go']);
    expect(result.steps.find(({ state }) => state === 'a')).toMatchObject({
      status: 'failed',
      outcome: 'error',
      output: { code: 'INTERNAL' },
    });
  });

  test('a failure that is not stops the run', () => {
    const program = programOf({ go: 'start', a: 'task', b: 'task', c: 'task' }, [
      'go.fired > a',
      'go.fired > b',
      'b.ok > c',
    ]);
    const result = run(program, { a: failed() });
    expect(result.status).toBe('failed');
    expect(result.steps.map(({ state, status }) => `${state} ${status}`)).toEqual([
      'go done',
      'a failed',
      'b cancelled',
    ]);
  });

  test('an attempt that is tried again counts up', () => {
    const program = programOf({ go: 'start', a: 'task' }, ['go.fired > a']);
    const result = run(program, { a: (_, attempt) => (attempt < 3 ? failed(10) : done('ok')) });
    expect(result.steps.find(({ state }) => state === 'a')).toMatchObject({ status: 'done', attempt: 3 });
    expect(result.executed).toBe(4);
  });

  test('a program that does more than it may is stopped', () => {
    const program = programOf({ go: 'start', a: 'task' }, ['go.fired > a']);
    expect(() => run(program, { a: failed(0) })).toThrow('More than 100 steps');
  });

  test('a program that starts a state twice is broken', () => {
    const program = programOf({ go: 'start', a: 'task' }, ['go.fired > a']);
    program.states.go!.arcs.fired!.start.push('a');
    expect(() => run(program)).toThrow('State "a" was activated twice at "".');
  });

  test('an outcome that a state does not have is an error of the program', () => {
    const program = programOf({ go: 'start', a: 'task' }, ['go.fired > a']);
    expect(() => run(program, { a: done('nope') })).toThrow('State "a" has no outcome "nope".');
  });
});

test('a step that waits for a person keeps the run waiting', () => {
  const program = programOf({ go: 'start', a: 'approve' }, ['go.fired > a']);
  const task = {
    kind: 'approval',
    title: '',
    subject: '',
    proposal: null,
    proposalType: { type: 'any' },
    editable: false,
    reasons: [],
    risk: 0,
    timeoutMs: null,
  } as const;
  expect(run(program, { a: { kind: 'wait', task: { ...task, reasons: [] } } })).toMatchObject({
    status: 'waiting',
    executed: 2,
  });
  const unknown: StepEvent = {
    kind: 'unknown-effect',
    failure: { code: 'EFFECT_UNKNOWN', message: '' },
    effectKey: 'k',
  };
  expect(run(program, { a: unknown }).status).toBe('waiting');
});

test('outputs make up the output of the run', () => {
  const program = programOf({ go: 'start', a: 'output', b: 'output' }, ['go.fired > a', 'go.fired > b']);
  expect(run(program, { a: done('done', { sent: 1 }), b: done('done', { held: 2 }) }).output).toEqual({
    sent: 1,
    held: 2,
  });
  expect(run(program, { a: done('done', [1]), b: done('done', 'x') }).output).toEqual({});
});

describe('maps', () => {
  const map = (result = 'item', config = {}) => ({
    type: 'map',
    config,
    inputs: { items: expr('[1]'), result: expr(result) },
  });
  const items = (...list: Json[]): StepEvent => ({ kind: 'map', items: list, concurrency: 2 });
  const outputOf = (result: Simulation, state: string) =>
    result.steps.find((step) => step.state === state && step.path === '')?.output;

  test('the body runs once per item, and the results come in the order of the items', () => {
    const program = programOf({ go: 'start', m: map('item + index'), x: 'task', z: 'task' }, [
      'go.fired > m',
      'm.each > x',
      'm.done > z',
    ]);
    for (const random of [0, 0.5, 0.99]) {
      const result = run(program, { m: items(10, 20, 30) }, 'go', () => random);
      expect(ran(result)).toEqual(['go', 'm', 'm:0/x', 'm:1/x', 'm:2/x', 'z']);
      expect(outputOf(result, 'm')).toEqual({
        items: [0, 1, 2].map((index) => ({ index, outcome: 'ok', value: (index + 1) * 10 + index, error: null })),
        succeeded: 3,
        failed: 0,
      });
    }
  });

  test('a map of nothing is done at once', () => {
    const program = programOf({ go: 'start', m: map(), x: 'task', z: 'task' }, [
      'go.fired > m',
      'm.each > x',
      'm.done > z',
    ]);
    const result = run(program, { m: items() });
    expect(outputOf(result, 'm')).toEqual({ items: [], succeeded: 0, failed: 0 });
    expect(ran(result)).toEqual(['go', 'm', 'z']);
  });

  test('a map without a body and without a result gives nulls', () => {
    const program = programOf({ go: 'start', m: { type: 'map', inputs: { items: expr('[1]') } } }, ['go.fired > m']);
    expect(outputOf(run(program, { m: items('a', 'b', 'c') }), 'm')).toMatchObject({
      succeeded: 3,
      items: [{ value: null }, {}, {}],
    });
  });

  test('an item that fails is collected, the others go on, and its own steps are cancelled', () => {
    const program = programOf({ go: 'start', m: map(), x: 'task', y: 'task', z: 'task' }, [
      'go.fired > m',
      'm.each > x',
      'm.each > y',
      'm.done > z',
    ]);
    const result = run(program, { m: items(1, 2), x: (path) => (path === 'm:0' ? failed() : done('ok')) });
    expect(result.status).toBe('completed');
    expect(outputOf(result, 'm')).toMatchObject({
      succeeded: 1,
      failed: 1,
      items: [
        { index: 0, outcome: 'error', value: null, error: { code: 'INTERNAL', state: 'x' } },
        { index: 1, outcome: 'ok', value: 2 },
      ],
    });
    expect(result.steps.find(({ state, path }) => state === 'y' && path === 'm:0')?.status).toBe('cancelled');
  });

  test('an item that fails stops a map that says so, wired or not', () => {
    const nodes = { go: 'start', m: map('item', { onItemError: 'stop' }), x: 'task', f: 'task' };
    const answers: Answers = { m: items(1, 2, 3), x: (path) => (path === 'm:1' ? failed() : done('ok')) };
    const wired = run(programOf(nodes, ['go.fired > m', 'm.each > x', 'm.error > f']), answers, 'go', () => 0.99);
    expect(wired.status).toBe('completed');
    expect(ran(wired)).toContain('f');
    expect(ran(wired)).not.toContain('m:2/x');
    const bare = run(programOf({ ...nodes, f: 'task' }, ['go.fired > m', 'm.each > x', 'go.fired > f']), answers);
    expect(bare.status).toBe('failed');
  });

  test('maps within maps read their items', () => {
    const program = programOf(
      {
        go: 'start',
        m: map('nodes.n.items.map(i, i.value)'),
        n: map('nodes.m.item * 10 + nodes.n.item + index'),
        x: 'task',
      },
      ['go.fired > m', 'm.each > n', 'n.each > x'],
    );
    const result = run(program, { m: items(1, 2), n: (path) => (path === 'm:0' ? items(3) : items(4, 5)) });
    expect(outputOf(result, 'm')).toMatchObject({ items: [{ value: [13] }, { value: [24, 26] }] });
    expect(ran(result)).toContain('m:1/n:1/x');
  });

  test('a failure deep inside cancels what is inside, too', () => {
    const program = programOf(
      { go: 'start', m: map(), n: map('item', { onItemError: 'stop' }), x: 'task', y: 'task' },
      ['go.fired > m', 'm.each > n', 'm.each > y', 'n.each > x'],
    );
    const result = run(program, { m: items(1), n: items(1, 2), y: failed() }, 'go', () => 0.99);
    expect(outputOf(result, 'm')).toMatchObject({ failed: 1 });
    expect(result.steps.filter(({ status }) => status === 'ready' || status === 'waiting')).toEqual([]);
  });
});

describe('maps that tolerate some failures', () => {
  const map = (tolerate: number) => ({
    type: 'map',
    config: { onItemError: 'tolerate', tolerate },
    inputs: { items: expr('[1]'), result: expr('item') },
  });
  const tried = (tolerate: number, more: object = {}) =>
    run(
      programOf({ go: 'start', m: map(tolerate), x: 'task', ...more }, [
        'go.fired > m',
        'm.each > x',
        ...('f' in more ? ['m.error > f'] : []),
      ]),
      {
        m: { kind: 'map', items: [1, 2, 3, 4], concurrency: 2 },
        x: (path) => (path === 'm:0' || path === 'm:2' ? failed() : done('ok')),
      },
    );

  test('as many may fail as are tolerated', () => {
    expect(tried(2)).toMatchObject({ status: 'completed', failure: null });
    expect(tried(2).steps.find(({ state }) => state === 'm')?.output).toMatchObject({ succeeded: 2, failed: 2 });
  });

  test('one more and the whole fails, what is under way is cancelled, and no item begins', () => {
    const result = tried(1);
    expect(result).toMatchObject({
      status: 'failed',
      failure: { code: 'ITEMS_FAILED', message: '2 of 4 items failed; 1 may. The last: It failed.' },
    });
    expect(result.steps.some(({ path }) => path === 'm:3')).toBe(false);
    expect(result.steps.filter(({ status }) => status === 'ready' || status === 'waiting')).toEqual([]);
    expect(ran(tried(0, { f: 'task' }))).toContain('f');
  });
});

describe('loops', () => {
  const loop = (next = 'item + 1', again = 'item < 3', config = {}) => ({
    type: 'loop',
    config,
    inputs: { initial: expr('1'), next: expr(next), again: expr(again) },
  });
  const looped = (l = loop(), nodes: Parameters<typeof graphOf>[0] = {}, more: string[] = []) =>
    programOf({ go: 'start', l, x: 'task', d: 'task', m: 'task', ...nodes }, [
      'go.fired > l',
      'l.each > x',
      'l.done > d',
      'l.limit > m',
      ...more,
    ]);
  const begin: StepEvent = { kind: 'loop', value: 1 };
  const outputOf = ({ steps }: Simulation) => steps.find(({ state, path }) => state === 'l' && path === '')?.output;

  test('each pass begins with what the one before ended with, until its condition no longer holds', () => {
    const items: Json[] = [];
    const result = simulate(looped(loop('item * 2', 'item < 3', { maxPasses: 9 })), {
      trigger: 'go',
      input: {},
      random: () => 0,
      maxSteps: 50,
      respond: ({ state, scope }) => {
        if (state === 'l') return begin;
        if (state === 'x') items.push(scope.item!, (scope.nodes.l as { index: number }).index);
        return done('ok');
      },
    });
    expect(items).toEqual([1, 0, 2, 1, 4, 2]);
    expect(outputOf(result)).toEqual({ value: 8, passes: 3 });
    expect(ran(result)).toEqual(['d', 'go', 'l', 'l:0/x', 'l:1/x', 'l:2/x']);
  });

  test('at the bound it leaves by limit, with what it has', () => {
    const result = run(looped(loop('item + 1', 'true')), { l: begin });
    expect(outputOf(result)).toEqual({ value: 4, passes: 3 });
    expect(ran(result)).toContain('m');
    expect(ran(result)).not.toContain('d');
  });

  test('a pass that fails ends the loop', () => {
    const answers: Answers = { l: begin, x: (path) => (path === 'l:1' ? failed() : done('ok')) };
    expect(run(looped(), answers)).toMatchObject({ status: 'failed', failure: { code: 'INTERNAL', state: 'x' } });
    const wired = run(looped(loop(), { f: 'task' }, ['l.error > f']), answers);
    expect(ran(wired)).toEqual(['f', 'go', 'l:0/x']);
  });

  test('a condition that cannot be evaluated fails the pass', () => {
    const result = run(looped(loop('item', '1 / (item - 1) > 0')), { l: begin });
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'EXPRESSION_FAILED', state: '$end:l' } });
  });

  test('a loop in a map, and a map in a loop, have paths of both', () => {
    const inner = { type: 'map', inputs: { items: expr('[1]') } };
    const result = run(looped(loop(), { n: inner, y: 'task' }, ['l.each > n', 'n.each > y']), {
      l: begin,
      n: { kind: 'map', items: [5, 6], concurrency: 1 },
    });
    expect(ran(result)).toContain('l:2/n:1/y');
    expect(result.status).toBe('completed');
  });

  test('a loop that is tried once more begins anew', () => {
    const program = looped(
      { ...loop(), onFailure: 'ask' } as never,
      {
        n: { type: 'map', inputs: { items: expr('[1]') } },
        y: 'task',
      },
      ['l.each > n', 'n.each > y'],
    );
    let tries = 0;
    const result = simulate(program, {
      trigger: 'go',
      input: {},
      random: () => 0,
      maxSteps: 100,
      resolve: () => ({ kind: 'retry' }),
      respond: ({ state, path }) => {
        if (state === 'l') {
          tries += 1;
          return begin;
        }
        if (state === 'n') return { kind: 'map', items: [1], concurrency: 1 };
        return state === 'x' && path === 'l:1' && tries === 1 ? failed() : done('ok');
      },
    });
    expect(tries).toBe(2);
    expect(outputOf(result)).toEqual({ value: 4, passes: 3 });
    expect(result.steps.filter(({ path }) => path === 'l:0').map(({ status }) => status)).toEqual(['done', 'done']);
    let failures = 0;
    const nested = simulate(
      programOf(
        {
          go: 'start',
          o: { type: 'map', inputs: { items: expr('[1]') } },
          l: { ...loop(), onFailure: 'ask' } as never,
          x: 'task',
        },
        ['go.fired > o', 'o.each > l', 'l.each > x'],
      ),
      {
        trigger: 'go',
        input: {},
        random: () => 0,
        maxSteps: 100,
        resolve: () => ({ kind: 'retry' }),
        respond: ({ state, path }) => {
          if (state === 'o') return { kind: 'map', items: [1, 2], concurrency: 2 };
          if (state === 'l') return begin;
          if (path !== 'o:0/l:1' || failures === 1) return done('ok');
          failures += 1;
          return failed();
        },
      },
    );
    expect(nested.status).toBe('completed');
  });
});

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
