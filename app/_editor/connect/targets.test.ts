import { describe, expect, it } from 'vitest';
import { testDefinitions, testGraph } from '#app/_canvas/testing/graph.ts';
import {
  connectableSources,
  connectableTargets,
  mainOutcome,
  nextOutcome,
  refusalOf,
  throughOutcome,
  wiringOf,
} from './targets.ts';

function targets(text: string, from: string, outcome: string): string[] {
  return [...connectableTargets(wiringOf(testGraph(text), testDefinitions), { from, outcome })].sort();
}

describe('where a wire may lead', () => {
  it('never into a trigger, to itself, or back to what came before', () => {
    expect(targets('s:start a:do b:do c:do s.fired>a a.ok>b', 'b', 'ok')).toEqual(['c']);
  });

  it('not twice the same way, but by another outcome', () => {
    expect(targets('s:start i:if a:do s.fired>i i.true>a', 'i', 'true')).toEqual([]);
    expect(targets('s:start i:if a:do s.fired>i i.true>a', 'i', 'false')).toEqual(['a']);
  });

  it('not out of the body of a For each, nor into it from outside', () => {
    const loop = 's:start l:loop in:do after:do free:do s.fired>l l.each>in l.done>after';
    expect(targets(loop, 'in', 'ok')).toEqual(['free']);
    expect(targets(loop, 'after', 'ok')).toEqual(['free']);
    expect(targets(loop, 'l', 'each')).toEqual(['free']);
    expect(targets(loop, 'l', 'error')).toEqual(['after', 'free']);
  });
});

describe('a wire from the handle undo', () => {
  it('leads to an action that stands apart, and only once', () => {
    expect(targets('s:start a:do b:do c:do s.fired>a a.ok>b', 'a', 'undo')).toEqual(['c']);
    expect(targets('s:start a:do b:do c:do s.fired>a a.undo>b', 'a', 'undo')).toEqual([]);
  });

  it('takes what it leads to out of the normal course', () => {
    expect(targets('s:start a:do b:do c:do s.fired>a a.undo>b', 'a', 'ok')).toEqual(['c']);
  });
});

describe('the outcome of a wire that nobody chose', () => {
  it('is the body of a loop, else the first that is no failure', () => {
    expect(mainOutcome(['each', 'done', 'error'])).toBe('each');
    expect(mainOutcome(['ok', 'error'])).toBe('ok');
    expect(mainOutcome(['error'])).toBeNull();
  });
});

describe('a wire that is not allowed', () => {
  const why = (text: string, from: string, outcome: string, to: string) =>
    refusalOf(wiringOf(testGraph(text), testDefinitions), { from, outcome, to });

  it.each([
    ['into a trigger', 's:start a:do s.fired>a', ['a', 'ok', 's'], 'A wire cannot lead into a trigger'],
    ['back to itself', 's:start a:do s.fired>a', ['a', 'ok', 'a'], 'back into the node that it comes from'],
    ['to what came before', 's:start a:do b:do s.fired>a a.ok>b', ['b', 'ok', 'a'], 'round in a circle'],
    ['the same way twice', 's:start a:do s.fired>a', ['s', 'fired', 'a'], '“fired” leads there already'],
    [
      'out of a For each',
      's:start l:loop in:do after:do s.fired>l l.each>in l.done>after',
      ['in', 'ok', 'after'],
      'Continue from “done” of loop',
    ],
    [
      'into a For each',
      's:start l:loop in:do after:do s.fired>l l.each>in l.done>after',
      ['after', 'ok', 'in'],
      'belongs to the steps of loop',
    ],
    ['to what undoes', 's:start a:do u:do s.fired>a a.undo>u', ['s', 'fired', 'u'], 'takes back what another node did'],
    ['from undo into the flow', 's:start a:do b:do s.fired>a a.ok>b', ['a', 'undo', 'b'], 'is part of the flow'],
    ['from undo to a choice', 's:start a:do i:if s.fired>a', ['a', 'undo', 'i'], 'Only an action'],
  ] as const)('says why: %s', (_case, text, [from, outcome, to], words) => {
    expect(why(text, from, outcome, to)).toContain(words);
  });
});

describe('where a wire may come from', () => {
  it('is anything that does not come after, and nothing for a trigger', () => {
    const wiring = wiringOf(testGraph('s:start a:do b:do c:do s.fired>a a.ok>b'), testDefinitions);
    expect([...connectableSources(wiring, 'a')].sort()).toEqual(['c', 's']);
    expect([...connectableSources(wiring, 's')]).toEqual([]);
  });
});

describe('the outcome that the next node continues', () => {
  it('is the main one, else the first that leads nowhere, and the main one again where all lead somewhere', () => {
    expect(nextOutcome(['true', 'false', 'error'], new Set())).toBe('true');
    expect(nextOutcome(['true', 'false', 'error'], new Set(['true']))).toBe('false');
    expect(nextOutcome(['true', 'false', 'error'], new Set(['true', 'false']))).toBe('true');
    expect(nextOutcome([], new Set())).toBeNull();
  });

  it('is not the body of a loop where the node is put between two others', () => {
    expect(throughOutcome(['each', 'done', 'error'])).toBe('done');
    expect(throughOutcome(['ok', 'error'])).toBe('ok');
    expect(throughOutcome(['error'])).toBeNull();
  });
});
