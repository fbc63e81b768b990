import { expect, test } from 'vitest';
import { all, arc, sketch } from '#server/testing/programs.ts';
import { wayTo } from './way.ts';

const program = sketch(
  {
    start: { kind: 'trigger', arcs: { fired: arc(['ask']) } },
    ask: { arcs: { approved: arc(['each']), rejected: arc([]) } },
    each: { kind: 'map', arcs: { done: arc(['last']) }, body: arc(['work']) },
    work: { scope: 'each', arcs: { ok: arc(['tell']) } },
    tell: { scope: 'each', arcs: { ok: arc([], ['$end:each', 1, 0]) } },
    last: { arcs: { ok: arc([], ['$end', 1, 0]) } },
  },
  { '$end:each': all(1), $end: all(1) },
);
const way = (target: string, known: Record<string, string>, containers: string[] = []) =>
  wayTo({
    ...{ program, trigger: 'start', target, containers },
    known: new Map(Object.entries(known)),
    free: ({ kind }) => kind === 'trigger',
  });

test('a way that is known to the end asks for nothing', () => {
  expect(way('last', { ask: 'approved', each: 'done' })).toEqual({
    reached: ['start', 'ask', 'each'],
    unknown: [],
    elsewhere: [],
  });
});

test('what nobody knows is named, a loop around the node by its item', () => {
  expect(way('tell', {}, ['each']).unknown).toEqual(['ask', 'each', 'work']);
  expect(way('tell', { ask: 'approved', each: 'each', work: 'ok' }, ['each']).unknown).toEqual([]);
});

test('a node that led elsewhere is named where nothing else leads there', () => {
  expect(way('last', { ask: 'rejected' })).toEqual({ reached: ['start', 'ask'], unknown: [], elsewhere: ['ask'] });
});
