import { describe, expect, test } from 'vitest';
import { createAlarm } from './alarm.ts';
import { readLiveCursor, writeCursor } from './cursor.ts';
import { readHint } from './hub.ts';

describe('a cursor', () => {
  test('reads back as it was written', () => {
    const cursor = { followed: new Map([['12', 45]]), known: new Set(['9', '8']) };
    expect(writeCursor(cursor)).toBe('r12:45,9,8');
    expect(readLiveCursor('r12:45,9,8')).toEqual(cursor);
  });

  test('of nothing reads back as nothing', () => {
    const cursor = { followed: new Map(), known: new Set<string>() };
    expect(readLiveCursor(writeCursor(cursor))).toEqual(cursor);
  });

  test.each(['', '1', 'rx', 'r1:', 'r-1', 'r1,,2', 'r1;2', `r${'1,'.repeat(2_000)}1`])(
    'that is something else is not read: %s',
    (text) => {
      expect(readLiveCursor(text)).toBeNull();
    },
  );
});

describe('a hint', () => {
  test('names runs', () => expect(readHint('["1", 2]')).toEqual(['1', '2']));
  test.each(['', '{}', '[{}]', 'null', '[1'])('that is something else is not read: %s', (payload) => {
    expect(readHint(payload)).toBeNull();
  });
});

describe('an alarm', () => {
  const never = new AbortController().signal;

  test('that rang before somebody slept wakes them at once', async () => {
    const alarm = createAlarm();
    alarm.ring();
    expect(await alarm.sleep(60_000, never)).toBe(true);
    expect(await alarm.sleep(1, never)).toBe(false);
  });

  test('wakes a sleeper', async () => {
    const alarm = createAlarm();
    const sleeping = alarm.sleep(60_000, never);
    alarm.ring();
    expect(await sleeping).toBe(true);
  });

  test('ends the sleep of who is sent away', async () => {
    const abort = new AbortController();
    const sleeping = createAlarm().sleep(60_000, abort.signal);
    abort.abort();
    expect(await sleeping).toBe(false);
  });
});
