'use client';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { toFailure } from './failure.ts';

/** For `onError` of a mutation: says what was attempted, what is wrong and what to do. */
export function sayFailure(attempted: string): (error: unknown) => void {
  return (error) => {
    const { message, todo } = toFailure(error);
    sayFailed(attempted, `${message} ${todo}`);
  };
}
