import { describe, expect, it } from 'vitest';
import { mayRetry, toFailure } from './failure.ts';

const answered = (code: string, message: string) =>
  Object.assign(new Error(message), { data: { code, message, details: { a: 1 } } });

describe('a failure', () => {
  it('keeps the message of the server and adds what to do', () => {
    expect(toFailure(answered('NOT_PUBLISHED', 'No published version.'))).toEqual({
      code: 'NOT_PUBLISHED',
      message: 'No published version.',
      todo: 'Open the pipeline and publish it.',
      details: { a: 1 },
    });
  });

  it('says that the server does not answer when the request never arrived', () => {
    expect(toFailure(new TypeError('Failed to fetch'))).toMatchObject({ code: 'OFFLINE' });
  });

  it('shows an unknown failure as it is', () => {
    expect(toFailure('odd')).toMatchObject({ code: 'UNKNOWN', message: 'odd' });
    expect(toFailure(answered('NO_SUCH_CODE', 'x'))).toMatchObject({ code: 'UNKNOWN' });
    expect(toFailure(Object.assign(new Error('half'), { data: { code: 7 } }))).toMatchObject({ code: 'UNKNOWN' });
    expect(toFailure(Object.assign(new Error('none'), { data: null }))).toMatchObject({ code: 'UNKNOWN' });
  });

  it('is tried again only where that may help', () => {
    expect(mayRetry(answered('UNAVAILABLE', 'Down.'))).toBe(true);
    expect(mayRetry(new TypeError('NetworkError'))).toBe(true);
    expect(mayRetry(answered('NOT_FOUND', 'Gone.'))).toBe(false);
    expect(mayRetry(answered('CONFLICT', 'Changed.'))).toBe(false);
  });
});
