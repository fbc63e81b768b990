import { AppError } from '#server/errors.ts';

const longestDigits = 18;

/** Reads the cursor of a list that is ordered by a bigint id. Errors: INPUT_INVALID. */
export function readCursor(cursor: string): string {
  if (/^\d+$/.test(cursor) && cursor.length <= longestDigits) return cursor;
  throw new AppError('INPUT_INVALID', 'The cursor is not one of this list. Begin again without it.');
}
