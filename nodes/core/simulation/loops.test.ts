import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { type Simulation, simulate } from '../simulate.ts';
import type { StepEvent } from '../step.ts';
import { expr, type graphOf } from '../testing/graph-of.ts';
import { type Answers, done, failed, programOf, ran, run } from '../testing/simulated.ts';

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
