'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { OlderButton } from '#app/_ui/older-button.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { MemoryRow } from '#server/knowledge/recent-memory.ts';
import { Standing } from './facts-tier/standing.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { MemoryItem } from './memory-item.tsx';

/** Everything remembered, newest first, with the entity it is about and the run that stored it. */
export function RecentMemory() {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const [opened, setOpened] = useState<string | null>(null);
  const recent = useInfiniteQuery(
    trpc.memory.recent.infiniteQueryOptions(
      { projectId, limit: 50 },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
  );
  if (recent.isError && !recent.data) return <QueryFailure error={recent.error} onRetry={() => recent.refetch()} />;
  if (recent.isPending) return <SkeletonRows rows={8} rowClass="h-16" />;
  const items = recent.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <EmptyState
        icon={Layers}
        title="Nothing is remembered yet"
        action={
          <Button asChild>
            <Link href={to('templates')}>Install a template that remembers</Link>
          </Button>
        }
      >
        A Remember step stores what happened or what is known; a Recall step finds it again by meaning and by words.
      </EmptyState>
    );
  return (
    <>
      <ul>
        {items.map((item) => (
          <MemoryItem
            key={item.id}
            item={item}
            links={<Links item={item} />}
            note={item.fact && <Standing standing={item.fact} />}
            aside={
              <Button size="sm" onClick={() => setOpened(item.id)}>
                Details
              </Button>
            }
          />
        ))}
      </ul>
      <OlderButton pages={recent} />
      {opened && <ItemDialog id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Links({ item }: { item: MemoryRow }) {
  const to = useTo();
  return (
    <>
      {item.entity && (
        <Link
          href={to('entities', item.entity.id)}
          className="inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          {item.entity.type} {item.entity.key}
        </Link>
      )}
      {item.runId && (
        <Link
          href={to('runs', item.runId)}
          className="inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          its run
        </Link>
      )}
    </>
  );
}
