import type { NodeCase } from '#nodes/testing/node-case.ts';

// The world of the cases begins on 2026-01-15 at 09:00 UTC.
const event = { mode: 'event', event: 'payment_received', timeoutMs: 60_000 };
const key = 'order-10248';
const timer = { kind: 'timer' } as const;
const hour = 3_600_000;

export default [
  { title: 'sleeps for a duration', config: { seconds: 5 }, inputs: {}, ends: { waitsFor: 'sleep' } },
  { title: 'goes on after it', config: { seconds: 5 }, inputs: {}, woken: timer, ends: { outcome: 'ok' } },
  {
    title: 'leaves by timeout where that is shorter',
    config: { timeoutMs: 1_000 },
    inputs: { seconds: 5 },
    woken: timer,
    ends: { outcome: 'timeout' },
  },
  { title: 'refuses a duration below zero', inputs: { seconds: -1 }, ends: { code: 'INPUT_INVALID' } },
  {
    title: 'sleeps until a time of day',
    config: { mode: 'until', at: '18:00', zone: 'Europe/Berlin' },
    inputs: {},
    ends: { waitsFor: 'sleep' },
  },
  {
    title: 'goes on at a time of day',
    config: { mode: 'until', at: '11:00', zone: 'Europe/Berlin', timeoutMs: 2 * hour },
    inputs: {},
    woken: timer,
    afterMs: hour,
    ends: { outcome: 'ok' },
  },
  {
    title: 'goes on at once where the time is past',
    config: { mode: 'until' },
    inputs: { at: '2025-01-01T00:00' },
    ends: { outcome: 'ok' },
  },
  {
    title: 'leaves by timeout before the time',
    config: { mode: 'until', at: '18:00', timeoutMs: hour },
    inputs: {},
    woken: timer,
    afterMs: hour,
    ends: { outcome: 'timeout' },
  },
  {
    title: 'refuses what is no time',
    config: { mode: 'until' },
    inputs: { at: 'soon' },
    ends: { code: 'INPUT_INVALID' },
  },
  {
    title: 'refuses what is no zone',
    config: { mode: 'until', zone: 'Mars/Olympus' },
    inputs: {},
    ends: { code: 'CONFIG_INVALID' },
  },
  { title: 'awaits an event', config: event, inputs: { key }, ends: { waitsFor: 'await-event' } },
  {
    title: 'goes on when the event comes',
    config: event,
    inputs: { key },
    woken: { kind: 'event', data: { amount: 440 }, at: 7 },
    ends: { outcome: 'ok' },
  },
  {
    title: 'leaves by timeout where it does not come',
    config: event,
    inputs: { key },
    woken: timer,
    ends: { outcome: 'timeout' },
  },
  { title: 'refuses an empty key', config: event, inputs: { key: '' }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
