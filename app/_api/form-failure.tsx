'use client';
import { toFailure } from './failure.ts';

/** What went wrong with the form as a whole. */
export function FormFailure({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p role="alert" className="rounded-control bg-st-failed-soft px-2.5 py-2 text-12 text-st-failed">
      {toFailure(error).message}
    </p>
  );
}
