import { AppError } from '#server/errors.ts';

/** Where a page of a list ends that is ordered by a time and, within one millisecond, by id. */
export type TimeCursor = { at: Date; id: string };

const pattern = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads a cursor; without one, null. Errors: INPUT_INVALID. */
export function readTimeCursor(cursor: string | undefined): TimeCursor | null {
  if (cursor === undefined) return null;
  const [, ms, id] = pattern.exec(cursor) ?? [];
  if (ms === undefined || id === undefined)
    throw new AppError('INPUT_INVALID', 'The cursor is not one of this list. Begin again without it.');
  return { at: new Date(Number(ms)), id };
}

/** The cursor behind a row. */
export function timeCursor(row: TimeCursor): string {
  return `${row.at.getTime()}.${row.id}`;
}

/** Cuts a page out of `limit + 1` rows: the cursor is null where nothing follows. */
export function pageOf<Row extends { id: string }>(
  rows: Row[],
  limit: number,
  at: (row: Row) => Date,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? timeCursor({ at: at(last), id: last.id }) : null };
}
