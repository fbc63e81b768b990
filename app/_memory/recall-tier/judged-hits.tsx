'use client';
import { useState } from 'react';
import { Scores } from '#app/_runs/step/retrieved.tsx';
import { Button } from '#app/_ui/button.tsx';
import type { MemoryHit } from '#nodes/core/capabilities.ts';
import { ItemDialog } from '../item-dialog.tsx';
import { MemoryItem } from '../memory-item.tsx';
import { MarkButtons } from './mark-buttons.tsx';
import { Missed } from './missed.tsx';
import { useMarks } from './use-marks.ts';

/** What a question found, each to be opened and to be judged; and a way to name what is missing. */
export function JudgedHits({ query, hits, stale }: { query: string; hits: readonly MemoryHit[]; stale: boolean }) {
  const marks = useMarks(query);
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <>
      <ul aria-label="Found" className={stale ? 'opacity-60' : undefined}>
        {hits.map((hit) => (
          <MemoryItem
            key={hit.itemId}
            item={hit}
            links={
              <Button variant="link" size="sm" onClick={() => setOpened(hit.itemId)}>
                Details
              </Button>
            }
            aside={
              <span className="flex flex-none items-start gap-2">
                <MarkButtons marks={marks} itemId={hit.itemId} />
                <Scores hit={hit} />
              </span>
            }
          />
        ))}
      </ul>
      <Missed query={query} />
      {opened && <ItemDialog id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
