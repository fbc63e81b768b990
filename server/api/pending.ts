import { AppError } from '#server/errors.ts';

/** Where a use-case is being written: the types stand, the call answers that it is not available. */
export function pending(): Promise<never> {
  return Promise.reject(new AppError('UNAVAILABLE'));
}
