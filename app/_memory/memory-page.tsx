'use client';
import { useState } from 'react';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import { MemoryStats } from './memory-stats.tsx';
import { RecentMemory } from './recent-memory.tsx';
import { SearchResults } from './search-results.tsx';

/** What the business knows: searched as the pipelines search it, or newest first. */
export function MemoryPage() {
  const [text, setText] = useState('');
  const query = useDebounced(text.trim(), 250);
  return (
    <>
      <PageBar
        title="Memory"
        actions={
          <SearchInput
            label="Search memory"
            placeholder="Search as a pipeline would"
            value={text}
            onChange={setText}
            className="w-80 max-phone:w-52"
          />
        }
      />
      <MemoryStats />
      <PageBody>{query === '' ? <RecentMemory /> : <SearchResults query={query} />}</PageBody>
    </>
  );
}
