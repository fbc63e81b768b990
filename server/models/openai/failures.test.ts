import { describe, expect, it } from 'vitest';
import { retryAfter } from './failures.ts';

const now = Date.UTC(2026, 0, 1);
const wait = (headers: Record<string, string>) => retryAfter(new Headers(headers), now);

describe('Retry-After', () => {
  it('is read as seconds, as milliseconds and as a date', () => {
    expect(wait({ 'retry-after': '1.5' })).toBe(1_500);
    expect(wait({ 'retry-after-ms': '250', 'retry-after': '9' })).toBe(250);
    expect(wait({ 'retry-after': new Date(now + 30_000).toUTCString() })).toBe(30_000);
  });

  it('is never negative, never longer than a day, and absent where it says nothing', () => {
    expect(wait({ 'retry-after': new Date(now - 30_000).toUTCString() })).toBe(0);
    expect(wait({ 'retry-after': '99999999' })).toBe(86_400_000);
    expect(wait({ 'retry-after': 'soon' })).toBeNull();
    expect(wait({})).toBeNull();
    expect(retryAfter(null, now)).toBeNull();
  });
});
