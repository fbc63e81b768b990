import { describe, expect, test } from 'vitest';
import { all, arc, sketch, sketchOfAgent } from '#server/testing/programs.ts';
import { checkpointOf } from './place.ts';
import { type EndedStep, pastOf, pastUpTo, type RepeatedStep } from './run-history.ts';

const program = sketch(
  {
    start: { kind: 'trigger', arcs: { fired: arc(['each']) } },
    each: { kind: 'map', arcs: { done: arc(['last']) }, body: arc(['work']) },
    work: { scope: 'each', arcs: { ok: arc([], ['$end:each', 1, 0]) } },
    last: { arcs: { ok: arc([], ['$end', 1, 0]) } },
  },
  { '$end:each': all(1), $end: all(1) },
);

let ids = 0;
const step = (seq: number, state: string, path = '', outcome = 'ok'): EndedStep => ({
  id: String(++ids),
  seq,
  state,
  path,
  status: 'done',
  outcome,
});
const map = (more: Partial<RepeatedStep> = {}): RepeatedStep => ({
  state: 'each',
  path: '',
  outcome: 'done',
  decision: null,
  total: 2,
  failed: 0,
  concurrency: 1,
  turns: null,
  ended: [
    { index: 0, outcome: 'ok' },
    { index: 1, outcome: 'ok' },
  ],
  ...more,
});
const stood = (steps: EndedStep[], maps: RepeatedStep[], seq = 99) => {
  const {
    frontier,
    maps: open,
    ended,
  } = checkpointOf(program, pastUpTo({ trigger: 'start', past: pastOf(steps, maps), repeated: maps }, seq));
  return { frontier: frontier.map(({ state, path }) => `${state}@${path}`), open: open.map(({ next }) => next), ended };
};

describe('what a run has behind it', () => {
  test('iterations whose ends were stored with their last steps', () => {
    const steps = [
      step(2, 'start', '', 'fired'),
      step(5, 'work', 'each:0'),
      step(8, 'work', 'each:1'),
      step(10, 'each', '', 'done'),
    ];
    expect(stood(steps, [map()])).toEqual({ frontier: ['last@'], open: [], ended: null });
    expect(stood(steps, [map()], 5)).toEqual({ frontier: ['work@each:1'], open: [2], ended: null });
    expect(stood(steps, [map()], 2)).toEqual({ frontier: ['each@'], open: [], ended: null });
  });

  test('iterations whose ends have steps of their own', () => {
    const steps = [step(2, 'start', '', 'fired'), step(5, 'work', 'each:0'), step(7, '$end:each', 'each:0', 'ended')];
    const one = map({ outcome: null, ended: [{ index: 0, outcome: 'ok' }] });
    expect(stood(steps, [one])).toEqual({ frontier: ['work@each:1'], open: [2], ended: null });
    expect(stood(steps, [one], 5)).toEqual({ frontier: ['$end:each@each:0'], open: [1], ended: null });
  });

  test('a map that was done in memory as a whole, stored before its iterations', () => {
    const steps = [
      step(2, 'start', '', 'fired'),
      step(3, 'each', '', 'done'),
      step(4, 'work', 'each:0'),
      step(5, 'work', 'each:1'),
      step(6, 'last'),
    ];
    const whole = map({ concurrency: null });
    expect(stood(steps, [whole])).toMatchObject({ ended: 'completed' });
    expect(stood(steps, [whole], 5)).toEqual({ frontier: ['last@'], open: [], ended: null });
    expect(stood(steps, [whole], 4)).toEqual({ frontier: ['work@each:1'], open: [2], ended: null });
    expect(stood(steps, [whole], 3)).toEqual({ frontier: ['each@'], open: [], ended: null });
  });
});

describe('an agent', () => {
  const helping = sketchOfAgent();
  const steps = [
    step(2, 'start', '', 'fired'),
    step(5, 'work', 'helper:0'),
    step(6, 'work', 'helper:1'),
    step(9, 'work', 'helper:2'),
    step(12, 'helper', '', 'done'),
  ];
  const ended = [0, 1, 2].map((index) => ({ index, outcome: 'ok' as const }));
  const turns = map({ state: 'helper', total: 3, turns: [2, 3], concurrency: 4, ended });
  const at = (seq: number) =>
    checkpointOf(helping, pastUpTo({ trigger: 'start', past: pastOf(steps, [turns]), repeated: [turns] }, seq));

  test('has behind it the turns that had begun; the next is asked after what they came to', () => {
    expect(at(5)).toMatchObject({ frontier: [{ state: 'work', path: 'helper:1' }], maps: [{ total: 2, next: 2 }] });
    expect(at(6)).toMatchObject({
      frontier: [{ state: 'helper', path: '', decision: { kind: 'items-done' } }],
      maps: [{ total: 2, finished: 2 }],
    });
    expect(at(9)).toMatchObject({ frontier: [{ state: 'helper' }], maps: [{ total: 3, finished: 3 }] });
    expect(at(12)).toMatchObject({ frontier: [{ state: 'last' }], maps: [] });
  });
});
