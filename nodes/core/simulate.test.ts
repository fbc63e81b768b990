import { describe, expect, test } from 'vitest';
import type { Json } from './json.ts';
import { type Simulation, simulate } from './simulate.ts';
import type { StepEvent } from './step.ts';
import { expr } from './testing/graph-of.ts';
import { type Answers, done, failed, programOf, ran, run } from './testing/simulated.ts';

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

test('whoever looks on is told after each transition', () => {
  const program = programOf({ go: 'start', a: 'task' }, ['go.fired > a']);
  const seen: string[] = [];
  simulate(program, {
    trigger: 'go',
    input: {},
    random: () => 0,
    maxSteps: 9,
    respond: () => done('ok'),
    observe: ({ state, status }, steps, joins) => seen.push(`${state} ${status} ${steps.length} ${joins.size}`),
  });
  expect(seen).toEqual(['go done 2 0', 'a done 2 1']);
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
      failure: { code: 'ITEMS_FAILED', message: '2 items failed; 1 may. The last: It failed.' },
    });
    expect(result.steps.some(({ path }) => path === 'm:3')).toBe(false);
    expect(result.steps.filter(({ status }) => status === 'ready' || status === 'waiting')).toEqual([]);
    expect(ran(tried(0, { f: 'task' }))).toContain('f');
  });
});
