import { describe, expect, it } from 'vitest';
import { testDefinitions, testGraph } from '#app/_canvas/testing/graph.ts';
import { connectableTargets, mainOutcome, wiringOf } from './targets.ts';

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
