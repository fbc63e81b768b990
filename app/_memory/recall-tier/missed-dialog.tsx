'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import { MarkButtons } from './mark-buttons.tsx';
import { useMarks } from './use-marks.ts';

/** Finds by other words what a question should have found, to be marked so. */
export function MissedDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const marks = useMarks(query);
  const [text, setText] = useState('');
  const words = useDebounced(text.trim(), 250);
  const found = useQuery(
    trpc.memory.search.queryOptions(
      { projectId, query: words, limit: 20 },
      { enabled: words !== '', placeholderData: keepPreviousData },
    ),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="What should be found"
      description={`For the question “${query}”. Find it by other words, then mark it.`}
      className="w-[min(640px,calc(100vw-24px))]"
    >
      <SearchInput label="Search by other words" value={text} onChange={setText} className="mb-2 w-full" />
      {found.isError && <QueryFailure error={found.error} onRetry={() => found.refetch()} />}
      {words !== '' && found.data?.hits.length === 0 && <p className="text-fg-3">Nothing is found by these words.</p>}
      <ul aria-label="Found by other words">
        {words !== '' &&
          found.data?.hits.map((hit) => (
            <li key={hit.itemId} className="flex gap-2 border-b border-line py-2">
              <div className="min-w-0 flex-1 text-12">
                <p className="font-medium">{hit.source || hit.kind}</p>
                <p className="line-clamp-2 text-fg-2">{hit.text}</p>
              </div>
              <MarkButtons marks={marks} itemId={hit.itemId} />
            </li>
          ))}
      </ul>
    </Dialog>
  );
}
