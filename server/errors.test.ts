import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, errorBody, errorTable, toAppError } from './errors.ts';

describe('a failure', () => {
  test.each(Object.entries(errorTable))('%s has the same status over HTTP and tRPC', (_, { http, trpc }) => {
    expect(getHTTPStatusCodeFromError(new TRPCError({ code: trpc }))).toBe(http);
  });

  test('that nobody knows shows nothing of itself, and keeps its cause for the log', () => {
    const cause = new Error('password=hunter2');
    const failure = toAppError(cause);
    expect(errorBody(failure)).toEqual({ code: 'INTERNAL', message: errorTable.INTERNAL.userText, details: null });
    expect(failure.cause).toBe(cause);
  });

  test('of a schema names the first field', () => {
    const schema = z.object({ a: z.object({ b: z.number('A number, please.') }), c: z.string() });
    const failure = toAppError(schema.safeParse({ a: { b: 'x' } }).error);
    expect(failure).toMatchObject({ code: 'INPUT_INVALID', message: 'a.b: A number, please. (and 1 more)' });
  });

  test('that has a code keeps it', () => {
    const failure = new AppError('CONFLICT', 'Changed.', { details: { revision: 2 } });
    expect(toAppError(failure)).toBe(failure);
    expect(errorBody(failure)).toEqual({ code: 'CONFLICT', message: 'Changed.', details: { revision: 2 } });
  });
});
