import { describe, expect, it } from 'vitest';
import type { NodeStatus } from '#server/runs/types.ts';
import { shapeOf } from './graph-shape.ts';
import { liveView, outcomeState } from './live-view.ts';
import { noStatus } from './run-state.ts';
import { testDefinitions, testGraph } from './testing/graph.ts';

const branching = shapeOf(
  testGraph('s:start if:if yes:do no:do last:do s.fired>if if.true>yes if.false>no no.ok>last yes.error>last'),
  testDefinitions,
);
const looping = shapeOf(testGraph('s:start l:loop b:do s.fired>l l.each>b'), testDefinitions);
const at = (change: Partial<NodeStatus>): NodeStatus => ({ ...noStatus, firstStartedAt: 1, ...change });
const done = (outcome: string) => at({ done: 1, attempts: 1, outcomes: { [outcome]: 1 } });

describe('what the canvas shows of a run', () => {
  it('lets the token travel into the running step', () => {
    const nodes = { s: done('fired'), if: at({ running: 1 }) };
    const view = liveView({ shape: branching, nodes, ended: false });
    expect(view.edges.get('s.fired>if')).toBe('running');
    expect(view.cards.get('if')).toMatchObject({ status: 'running', input: 'running', since: 1 });
  });

  it('shows the way not taken, and everything that only it leads to, as skipped', () => {
    const nodes = { s: done('fired'), if: done('true'), yes: at({ running: 1 }) };
    const view = liveView({ shape: branching, nodes, ended: false });
    expect(view.edges.get('if.false>no')).toBe('not-taken');
    expect(view.cards.get('no')?.status).toBe('skipped');
    expect(view.edges.get('no.ok>last')).toBe('not-taken');
    expect(view.cards.get('last')?.status).toBe('idle');
    expect(outcomeState(view.cards.get('if'), 'false')).toBe('not-taken');
  });

  it('shows a failure in a word, and the error edge that it took', () => {
    const failure = { code: 'HTTP_STATUS' as const, message: 'Gateway timeout', details: { status: 504 } };
    const nodes = {
      s: done('fired'),
      if: done('true'),
      yes: at({ failed: 1, attempts: 3, failure, outcomes: { error: 1 } }),
    };
    const view = liveView({ shape: branching, nodes, ended: false });
    expect(view.cards.get('yes')).toMatchObject({ status: 'failed', detail: '504', tries: 3 });
    expect(view.edges.get('yes.error>last')).toBe('error');
  });

  it('counts iterations on a card inside a For each', () => {
    const nodes = {
      s: done('fired'),
      l: at({
        waiting: 1,
        waitingFor: { kind: 'items', total: 84, concurrency: 3 },
        map: { total: 84, finished: 20, failed: 0 },
      }),
      b: at({ running: 3, done: 20, attempts: 23 }),
    };
    const view = liveView({ shape: looping, nodes, ended: false });
    expect(view.cards.get('b')).toMatchObject({ status: 'running', detail: '3, 20 of 84' });
    expect(view.cards.get('l')).toMatchObject({ status: 'running', detail: '20 of 84' });
  });

  it('says why a step waits, and beside it for how many items', () => {
    const nodes = {
      s: done('fired'),
      l: at({ waiting: 1, map: { total: 84, finished: 20, failed: 0 } }),
      b: at({ waiting: 2, waitingFor: { kind: 'approval' }, done: 20 }),
    };
    const view = liveView({ shape: looping, nodes, ended: false });
    expect(view.cards.get('b')).toMatchObject({ status: 'waiting', detail: 'approval', counts: '2, 20 of 84' });
  });

  it('says why a step waits', () => {
    const view = liveView({
      shape: branching,
      nodes: { s: at({ waiting: 1, waitingFor: { kind: 'approval' } }) },
      ended: false,
    });
    expect(view.cards.get('s')).toMatchObject({ status: 'waiting', detail: 'approval' });
  });

  it('takes nodes that were never reached for skipped once the run is over, for idle before it began', () => {
    expect(liveView({ shape: branching, nodes: {}, ended: true }).cards.get('no')?.status).toBe('skipped');
    expect(liveView({ shape: branching, nodes: {}, ended: false }).cards.get('no')?.status).toBe('idle');
  });

  describe('a node that runs pass over', () => {
    const graph = testGraph('s:start a:do b:do c:do x:do s.fired>a a.ok>b b.ok>c b.error>x');
    const passing = (...ids: string[]) =>
      shapeOf(
        { ...graph, nodes: graph.nodes.map((node) => (ids.includes(node.id) ? { ...node, disabled: true } : node)) },
        testDefinitions,
      );

    it('is skipped, and the way through it is gone along', () => {
      const nodes = { s: done('fired'), c: at({ running: 1 }) };
      const { cards, edges } = liveView({ shape: passing('a', 'b'), nodes, ended: false });
      expect(cards.get('a')).toMatchObject({ status: 'skipped', detail: 'disabled' });
      expect(cards.get('x')?.status).toBe('skipped');
      expect(Object.fromEntries(edges)).toEqual({
        's.fired>a': 'taken',
        'a.ok>b': 'taken',
        'b.ok>c': 'running',
        'b.error>x': 'not-taken',
      });
    });

    it('waits for what comes before it, and is not gone along where that is not', () => {
      const early = liveView({ shape: passing('b'), nodes: { s: done('fired'), a: at({ running: 1 }) }, ended: false });
      expect(early.edges.get('b.ok>c')).toBe('idle');
      const never = liveView({ shape: passing('b'), nodes: { s: done('fired'), a: done('error') }, ended: false });
      expect(never.edges.get('b.ok>c')).toBe('not-taken');
      expect(never.cards.get('c')?.status).toBe('skipped');
      const none = liveView({ shape: passing('s'), nodes: {}, ended: false });
      expect(none.edges.get('s.fired>a')).toBe('not-taken');
    });

    it('that was disabled after the run is shown as it ran', () => {
      const nodes = { s: done('fired'), a: done('ok') };
      expect(liveView({ shape: passing('a'), nodes, ended: true }).cards.get('a')?.status).toBe('done');
    });
  });
});
