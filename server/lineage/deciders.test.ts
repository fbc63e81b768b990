import { expect, test } from 'vitest';
import type { Arc, Program } from '#nodes/core/program.ts';
import { decidersOf, lastSteps } from './deciders.ts';

const arc = (...start: string[]): Arc => ({ start, arrivals: [] });
const joins = (join: string): Arc => ({ start: [], arrivals: [{ join, taken: 1, dead: 0 }] });

/** A program of which only the ways matter: by state, its outcomes and where they lead. */
function program(states: Record<string, Record<string, Arc>>, body: Record<string, Arc> = {}): Program {
  const made = Object.entries(states).map(([id, arcs]) => {
    const scope = Object.entries(body).find(([, into]) => into.start.includes(id))?.[0] ?? null;
    const outcomeTypes = Object.fromEntries(Object.keys(arcs).map((outcome) => [outcome, { type: 'any' }]));
    return [id, { id, arcs, outcomeTypes, scope, body: body[id] ? { arc: body[id] } : null }];
  });
  return { states: Object.fromEntries(made) } as unknown as Program;
}
const outcomes = (...keys: string[]) => new Map(keys.map((key) => key.split('=') as [string, string]));

test('the nearest step before it that might have gone another way let it run', () => {
  const drawn = program({
    check: { pass: arc('ask'), blocked: arc('end') },
    ask: { approved: arc('note'), rejected: arc('end') },
    note: { ok: arc('send') },
    send: { ok: arc() },
    end: { ok: arc() },
  });
  const ended = outcomes('|check=pass', '|ask=approved', '|note=ok');
  expect(decidersOf(drawn, { state: 'send', path: '' }, ended)).toEqual([{ state: 'ask', path: '' }]);
  expect(decidersOf(drawn, { state: 'ask', path: '' }, ended)).toEqual([{ state: 'check', path: '' }]);
});

test('where every way leads to it, nobody decided, and a failure that was not asked for is no other way', () => {
  const drawn = program({
    a: { yes: joins('both'), no: joins('both'), error: arc() },
    both: { done: arc('after') },
    after: { ok: arc() },
  });
  expect(decidersOf(drawn, { state: 'after', path: '' }, outcomes('|a=yes', '|both=done'))).toEqual([]);
});

test('only ways that were taken count', () => {
  const drawn = program({ a: { x: arc('c'), y: arc() }, b: { x: arc('c'), y: arc() }, c: { ok: arc() } });
  const ended = outcomes('|a=x', '|b=y');
  expect(decidersOf(drawn, { state: 'c', path: '' }, ended)).toEqual([{ state: 'a', path: '' }]);
});

test('what let an iteration run is what let run what repeats it', () => {
  const drawn = program(
    { gate: { go: arc('each'), stop: arc() }, each: { done: arc() }, work: { ok: arc() } },
    { each: arc('work') },
  );
  const ended = outcomes('|gate=go');
  expect(decidersOf(drawn, { state: 'work', path: 'each:3' }, ended)).toEqual([{ state: 'gate', path: '' }]);
  expect(decidersOf(drawn, { state: 'each', path: '' }, ended)).toEqual([{ state: 'gate', path: '' }]);
});

test('of what a tool call did the last is what nothing of it follows', () => {
  const drawn = program({ which: { note: arc('keep'), look: arc('recall') }, keep: { ok: joins('$end') }, recall: {} });
  const ran = outcomes('a:0|which=note', 'a:0|keep=ok', 'a:0|$end=ok', 'a:1|recall=ok');
  expect(lastSteps(drawn, 'a:0', ran)).toEqual(['keep']);
});
