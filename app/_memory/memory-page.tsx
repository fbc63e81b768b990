'use client';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useTo } from '#app/_shell/project.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { TabList, TabPanel, Tabs } from '#app/_ui/tabs.tsx';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import { Documents } from './documents.tsx';
import { Episodes } from './episodes.tsx';
import { Facts } from './facts.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { MemoryStats } from './memory-stats.tsx';
import { RecentMemory } from './recent-memory.tsx';
import { SearchResults } from './search-results.tsx';

const IndexTier = lazyPart(async () => (await import('./index-tier/index-state.tsx')).IndexState);
const RecallTier = lazyPart(async () => (await import('./recall-tier/recall-set.tsx')).RecallSet);
const ForgettingTier = lazyPart(async () => (await import('./forgetting-tier/index.tsx')).ForgettingTier);

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
      <PageBody>{query === '' ? <Tiers /> : <SearchResults query={query} />}</PageBody>
      <NamedItem />
    </>
  );
}

/** The item that the address names, with the passage that is meant. */
function NamedItem() {
  const search = useSearchParams();
  const router = useRouter();
  const to = useTo();
  const id = search.get('item');
  if (id === null) return null;
  return <ItemDialog id={id} passage={search.get('passage')} onClose={() => router.replace(to('memory'))} />;
}

const tiers = [
  { value: 'recent', label: 'Remembered' },
  { value: 'log', label: 'What happened' },
  { value: 'documents', label: 'Documents' },
  { value: 'facts', label: 'Facts' },
  { value: 'forgetting', label: 'Forgotten next' },
  { value: 'recall', label: 'Recall' },
  { value: 'index', label: 'Index' },
];

/** Memory by its tiers; what is not looked at is not asked for. */
function Tiers() {
  return (
    <Tabs defaultValue="recent">
      <TabList items={tiers} label="Tiers of memory" look="line" className="max-phone:overflow-x-auto" />
      <TabPanel value="recent">
        <RecentMemory />
      </TabPanel>
      <TabPanel value="log">
        <Episodes />
      </TabPanel>
      <TabPanel value="documents">
        <Documents />
      </TabPanel>
      <TabPanel value="facts">
        <Facts />
      </TabPanel>
      <TabPanel value="forgetting">
        <ForgettingTier />
      </TabPanel>
      <TabPanel value="recall">
        <RecallTier />
      </TabPanel>
      <TabPanel value="index">
        <IndexTier />
      </TabPanel>
    </Tabs>
  );
}
