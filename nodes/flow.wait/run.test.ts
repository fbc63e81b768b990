import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { createWorld } from '#nodes/testing/capabilities.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const at = (text: string): number => Date.parse(text);
const begin = (now: string, config: JsonObject, inputs: JsonObject = {}) =>
  run.run(createWorld({ now: at(now) }).context(), { config: declaration.config.parse(config), inputs });
const woken = (now: string, config: JsonObject, inputs: JsonObject = {}) =>
  run.resume(
    createWorld({ now: at(now) }).context(),
    { config: declaration.config.parse(config), inputs },
    {
      kind: 'timer',
    },
  );

test('a duration is measured by the clock of the database', () => {
  expect(begin('2026-01-15T09:00:00Z', {}, { seconds: 1.5 })).toEqual({
    kind: 'sleep',
    wake: { kind: 'in', ms: 1_500 },
  });
  expect(begin('2026-01-15T09:00:00Z', { timeoutMs: 10 })).toEqual({ kind: 'sleep', wake: { kind: 'in', ms: 10 } });
});

test.each([-1, Number.NaN, 366 * 86_400 + 1])('%d seconds are refused', (seconds) => {
  expect(() => begin('2026-01-15T09:00:00Z', {}, { seconds })).toThrow('seconds must be from 0 to');
});

describe('a local time', () => {
  const berlin = { mode: 'until', zone: 'Europe/Berlin' };

  test.each([
    ['2026-03-28T12:00:00Z', '2026-03-29T02:30', '2026-03-29T01:30:00Z'],
    ['2026-10-24T12:00:00Z', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
    ['2026-03-28T12:00:00Z', '09:00', '2026-03-29T07:00:00Z'],
  ])('at %s, until %s, is %s', (now, time, expected) => {
    expect(begin(now, berlin, { at: time })).toEqual({ kind: 'sleep', wake: { kind: 'at', ms: at(expected) } });
  });

  test('more than a year ahead is refused', () => {
    expect(() => begin('2026-01-15T09:00:00Z', berlin, { at: '2028-01-01T00:00' })).toThrow('more than 366 days ahead');
  });

  test('its timeout is slept for where that is sooner, and told apart when it is over', () => {
    const soon = { ...berlin, at: '2026-01-15T18:00', timeoutMs: 60_000 };
    expect(begin('2026-01-15T09:00:00Z', soon)).toEqual({ kind: 'sleep', wake: { kind: 'in', ms: 60_000 } });
    expect(woken('2026-01-15T09:01:00Z', soon)).toMatchObject({ outcome: 'timeout' });
    expect(woken('2026-01-15T16:59:59.500Z', soon)).toMatchObject({ outcome: 'ok' });
  });

  test('a time of day has come if it was shown since the wait began', () => {
    const daily = { ...berlin, at: '09:00', timeoutMs: 2 * 3_600_000 };
    expect(woken('2026-01-15T08:00:00Z', daily)).toMatchObject({ outcome: 'ok' });
    expect(woken('2026-01-15T07:59:59.800Z', daily)).toMatchObject({ outcome: 'ok' });
    expect(woken('2026-01-15T07:30:00Z', daily)).toMatchObject({ outcome: 'timeout' });
    expect(woken('2026-01-15T20:00:00Z', { ...daily, timeoutMs: null })).toMatchObject({ outcome: 'ok' });
  });
});

test('an event is awaited by its name and key', () => {
  const config = { mode: 'event', event: 'paid' };
  expect(begin('2026-01-15T09:00:00Z', config, { key: ' 7 ' })).toEqual({
    kind: 'await-event',
    name: 'paid',
    key: '7',
    wake: null,
  });
  expect(() => begin('2026-01-15T09:00:00Z', config, { key: 'x'.repeat(201) })).toThrow('it has 201');
});

test('the end of a run does not end a wait', async () => {
  const end = { kind: 'child', runId: '1', status: 'completed', output: null, failure: null } as const;
  const { failure } = await tryCase(
    { declaration, run },
    { title: '', inputs: {}, woken: end, ends: { code: 'INTERNAL' } },
  );
  expect(failure?.code).toBe('INTERNAL');
});

test('a time or zone that is none is reported while one writes', () => {
  const problems = (config: JsonObject) =>
    declaration.check?.(declaration.config.parse(config)).map(({ field }) => field);
  expect(problems({ mode: 'until', at: '9', zone: 'Berlin' })).toEqual(['at', 'zone']);
  expect(problems({ mode: 'until' })).toEqual([]);
  expect(problems({ at: '9' })).toEqual([]);
});

test.each([
  [{ seconds: 90 }, 'For 90 s'],
  [{ mode: 'until', at: '09:00', zone: 'Europe/Berlin' }, 'Until 09:00, Europe/Berlin'],
  [{ mode: 'event', event: 'paid' }, 'For the event paid'],
])('the card of %j', (config, summary) => {
  expect(declaration.summary(declaration.config.parse(config))).toBe(summary);
});
