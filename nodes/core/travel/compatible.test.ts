import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import type { Program } from '../program.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { json, map } from '../testing/nodes-of.ts';
import { t } from '../types.ts';
import { type Compatibility, compatible } from './compatible.ts';
import type { HistoryEntry } from './history.ts';

type Nodes = Parameters<typeof graphOf>[0];
const programOf = (nodes: Nodes, edges: string[]): Program => {
  const { program, diagnostics } = compile(graphOf({ go: 'start', ...nodes }, edges), testDefinitions);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return program!;
};

const step = (state: string, outcome: string | null = 'ok', path = ''): HistoryEntry => {
  const status = outcome === null || outcome === 'error' ? 'failed' : 'done';
  return { kind: 'step', seq: 0, state, path, status, outcome };
};
const began: HistoryEntry = { kind: 'began', seq: 0, state: 'm', path: '', total: 2, concurrency: 1 };
const item: HistoryEntry = { kind: 'item', seq: 0, path: 'm:0', outcome: 'ok' };

const check = (from: Program, to: Program, ...entries: HistoryEntry[]): Compatibility =>
  compatible(from, to, { trigger: 'go', entries: [step('go', 'fired'), ...entries] });
const problems = (...args: Parameters<typeof check>): string[] => {
  const answer = check(...args);
  return answer.ok ? [] : answer.problems.map(({ state, message }) => `${state}: ${message}`);
};

const drafted = programOf({ draft: 'task', send: 'task' }, ['go.fired > draft', 'draft.ok > send']);

describe('a run can go on on another version', () => {
  test('where nothing changed, or only what is still to come', () => {
    expect(check(drafted, drafted, step('draft'))).toEqual({ ok: true });
    const more = programOf({ draft: 'task', check: 'task', send: 'read', log: 'task' }, [
      'go.fired > draft',
      'go.fired > log',
      'draft.ok > check',
      'check.ok > send',
    ]);
    expect(check(drafted, more, step('draft'))).toEqual({ ok: true });
  });

  test('within a map, too', () => {
    const before = programOf({ m: map('[1, 2]'), x: 'task' }, ['go.fired > m', 'm.each > x']);
    const after = programOf({ m: map('[1, 2]'), x: 'task', y: 'task' }, ['go.fired > m', 'm.each > x', 'm.done > y']);
    expect(check(before, after, began, step('x', 'ok', 'm:0'), item, step('x', null, 'm:1'))).toEqual({ ok: true });
  });
});

describe('a run cannot go on where what it has behind it', () => {
  test('is not there any more', () => {
    const without = programOf({ send: 'task' }, ['go.fired > send']);
    expect(problems(drafted, without, step('draft'), step('draft'))).toEqual([
      'draft: The node "draft" is not there any more.',
    ]);
  });

  test('has another type, works in another way, or is somewhere else', () => {
    const edges = ['go.fired > draft', 'draft.ok > send'];
    expect(problems(drafted, programOf({ draft: 'read', send: 'task' }, edges), step('draft'))).toEqual([
      'draft: The node "draft" was of the type task and is now of the type read.',
    ]);
    const asGate = {
      ...drafted,
      states: { ...drafted.states, draft: { ...drafted.states.draft!, kind: 'gate' as const } },
    };
    expect(problems(drafted, asGate, step('draft'))).toEqual([
      'draft: The node "draft" works in another way now: it was a task and is a gate.',
    ]);
    const within = programOf({ m: map('[1]'), draft: 'task', send: 'task' }, [
      'go.fired > m',
      'm.each > draft',
      'draft.ok > send',
    ]);
    expect(problems(drafted, within, step('draft'))).toEqual([
      'draft: The node "draft" was outside of any repetition and is now within "m".',
    ]);
    expect(problems(within, drafted, began, step('draft', 'ok', 'm:0'))).toEqual([
      'm: The node "m" is not there any more.',
      'draft: The node "draft" was within "m" and is now outside of any repetition.',
    ]);
  });

  test('cannot end any more as it did', () => {
    const gate = programOf({ draft: 'approve', send: 'task' }, ['go.fired > draft', 'draft.approved > send']);
    const states = {
      ...gate.states,
      draft: { ...gate.states.draft!, arcs: { edited: gate.states.draft!.arcs.edited! } },
    };
    expect(problems(gate, { ...gate, states }, step('draft', 'approved'))).toEqual([
      'draft: The node "draft" ended with "approved", which it cannot end with any more.',
    ]);
    const handled = programOf({ draft: 'task', send: 'task' }, ['go.fired > draft', 'draft.error > send']);
    expect(problems(handled, drafted, step('draft', 'error'))).toEqual([
      'draft: The node "draft" failed, and nothing follows its failure any more.',
    ]);
    expect(check(handled, handled, step('draft', 'error'))).toEqual({ ok: true });
  });

  test('gave what does not fit what it has to give', () => {
    const gives = (type: Parameters<typeof json>[0]) =>
      programOf({ draft: { type: 'task', config: { gives: json(type) } }, send: 'task' }, [
        'go.fired > draft',
        'draft.ok > send',
      ]);
    const [text, number] = [gives(t.object({ text: t.string() })), gives(t.object({ text: t.number() }))];
    expect(problems(text, number, step('draft'))).toEqual([
      'draft: The node "draft" gave text in "text" with "ok"; it has to give number now.',
    ]);
    expect(problems(gives(t.string()), gives(t.boolean()), step('draft'))[0]).toContain('gave text with "ok"');
  });

  test('has something new before it', () => {
    const checked = programOf({ check: 'task', draft: 'task', send: 'task' }, [
      'go.fired > check',
      'check.ok > draft',
      'draft.ok > send',
    ]);
    expect(problems(drafted, checked, step('draft'))).toEqual([
      'draft: The node "draft" has run, but begins after "check" now.',
    ]);
    const joined = programOf({ check: 'task', draft: 'task', send: 'task' }, [
      'go.fired > check',
      'go.fired > draft',
      'check.ok > send',
      'draft.ok > send',
    ]);
    expect(problems(drafted, joined, step('draft'), step('send'))).toEqual([
      'send: The node "send" has run, but begins after "check" now.',
    ]);
  });

  test('would not have been reached', () => {
    const condition = { condition: expr('true') };
    const branch = { type: 'branch', inputs: condition };
    const [before, after] = ['true', 'false'].map((way) =>
      programOf({ b: branch, x: 'task' }, ['go.fired > b', `b.${way} > x`]),
    ) as [Program, Program];
    expect(problems(before, after, step('b', 'true'), step('x'))).toEqual([
      'x: The node "x" has run, but would not have been reached now.',
    ]);
  });

  test('is an iteration that has more to do now', () => {
    const before = programOf({ m: map('[1, 2]'), x: 'task' }, ['go.fired > m', 'm.each > x']);
    const after = programOf({ m: map('[1, 2]'), x: 'task', y: 'task' }, ['go.fired > m', 'm.each > x', 'x.ok > y']);
    expect(problems(before, after, began, step('x', 'ok', 'm:0'), item)).toEqual([
      'm: An iteration of "m" is over, but would not be over now: nodes were added to it.',
    ]);
    const first = programOf({ m: map('[1, 2]'), x: 'task', y: 'task' }, ['go.fired > m', 'm.each > y', 'y.ok > x']);
    expect(problems(before, first, began, step('x', 'ok', 'm:0'))).toEqual([
      'x: The node "x" has run, but begins after "y" now.',
    ]);
  });

  test('was started by a trigger that is gone', () => {
    const hooked = compile(graphOf({ hook: 'hook', draft: 'task' }, ['hook.fired > draft']), testDefinitions).program!;
    expect(problems(drafted, hooked, step('draft'))).toEqual([
      'go: The node "go" is not there any more.',
      'go: The run was started by "go", which starts no run any more.',
    ]);
  });
});
