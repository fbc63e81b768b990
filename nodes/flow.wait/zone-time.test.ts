import { describe, expect, test } from 'vitest';
import { isZone, type LocalDateTime, lastTime, momentOf, nextTime, readLocal } from './zone-time.ts';

const moment = (text: string, zone: string): string =>
  new Date(momentOf(readLocal(text) as unknown as LocalDateTime, zone)).toISOString();
const at = (text: string): number => Date.parse(text);
const time = { hour: 9, minute: 0, second: 0 };

describe('a local time is a moment', () => {
  test.each([
    ['2026-01-15T09:00', 'Europe/Berlin', '2026-01-15T08:00:00.000Z'],
    ['2026-07-15 09:00:30', 'Europe/Berlin', '2026-07-15T07:00:30.000Z'],
    ['2026-07-15T09:00', 'America/New_York', '2026-07-15T13:00:00.000Z'],
    ['2026-07-15T09:00', 'Asia/Kolkata', '2026-07-15T03:30:00.000Z'],
    ['2026-12-31T23:59', 'Pacific/Kiritimati', '2026-12-31T09:59:00.000Z'],
    ['2026-01-01T00:00', 'UTC', '2026-01-01T00:00:00.000Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });

  test.each([
    ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ])('%s in %s: a time that is skipped is moved forward by the gap', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });

  test.each([
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('%s in %s: of a time that comes twice it is the first', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });
});

describe('a time of day comes every day', () => {
  test.each([
    ['2026-01-15T07:59:59Z', '2026-01-15T08:00:00Z'],
    ['2026-01-15T08:00:00Z', '2026-01-16T08:00:00Z'],
    // The night in which the clocks are put forward is an hour shorter.
    ['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z'],
    ['2026-10-24T07:00:00Z', '2026-10-25T08:00:00Z'],
    ['2026-12-31T23:30:00Z', '2027-01-01T08:00:00Z'],
  ])('after %s it is 09:00 in Berlin at %s', (after, expected) => {
    expect(nextTime(time, 'Europe/Berlin', at(after))).toBe(at(expected));
  });

  test('the last one may have been just now', () => {
    expect(lastTime(time, 'Europe/Berlin', at('2026-01-15T08:00:00Z'))).toBe(at('2026-01-15T08:00:00Z'));
    expect(lastTime(time, 'Europe/Berlin', at('2026-01-15T07:59:59Z'))).toBe(at('2026-01-14T08:00:00Z'));
  });
});

test.each(['', '9:00', '24:00', '09:60', '09:00:60', '2026-02-30T09:00', '2026-13-01T09:00', 'tomorrow', '2026-01-15'])(
  '"%s" is no local time',
  (text) => {
    expect(readLocal(text)).toBeNull();
  },
);

test('a zone is known by its name', () => {
  expect(isZone('Europe/Berlin')).toBe(true);
  expect(isZone('Europe/Nowhere')).toBe(false);
  expect(isZone('')).toBe(false);
});
