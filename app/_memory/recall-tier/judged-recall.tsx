'use client';
import { Retrieved } from '#app/_runs/step/retrieved.tsx';
import type { MemoryHit } from '#nodes/core/capabilities.ts';
import { MarkButtons } from './mark-buttons.tsx';
import { Missed } from './missed.tsx';
import { useMarks } from './use-marks.ts';

/** What a run recalled, to be judged for the project's recall set. */
export function JudgedRecall({ query, hits }: { query: string; hits: readonly MemoryHit[] }) {
  const marks = useMarks(query);
  return (
    <>
      <Retrieved hits={hits} aside={(hit) => <MarkButtons marks={marks} itemId={hit.itemId} />} />
      <Missed query={query} within="panel" />
    </>
  );
}
