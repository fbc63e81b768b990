'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { OlderButton } from '#app/_ui/older-button.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import type { EpisodeRow } from '#server/episodes/list-episodes.ts';

/** What happened, newest first: decisions, messages, actions and outcomes. Nobody can change it. */
export function Episodes() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [text, setText] = useState('');
  const query = useDebounced(text.trim(), 250);
  const log = useInfiniteQuery(
    trpc.memory.episodes.infiniteQueryOptions(
      { projectId, limit: 50, ...(query ? { query } : {}) },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
  );
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="px-6 py-2 max-phone:px-4">
        <SearchInput label="Search the log" placeholder="Every word" value={text} onChange={setText} className="w-80" />
      </div>
      {log.isError && !log.data && <QueryFailure error={log.error} onRetry={() => log.refetch()} />}
      {log.isPending && <SkeletonRows rows={8} rowClass="h-10" />}
      {log.data && rows.length === 0 && (
        <EmptyState icon={ScrollText} title={query ? `Nothing in the log has “${query}”` : 'Nothing has happened yet'}>
          Decisions, messages, actions and outcomes stand here as they happen.
        </EmptyState>
      )}
      <ul aria-label="Log">
        {rows.map((row) => (
          <Episode key={row.id} row={row} />
        ))}
      </ul>
      <OlderButton pages={log} />
    </>
  );
}

function Episode({ row }: { row: EpisodeRow }) {
  const to = useTo();
  const link = 'inline-flex min-h-6 items-center text-accent-text hover:underline';
  return (
    <li className="border-b border-line px-6 py-2 max-phone:px-4">
      <p className="flex flex-wrap items-center gap-x-2 text-12">
        <Badge tone="outline">{row.kind}</Badge>
        {row.entity && (
          <Link href={to('entities', row.entity.id)} className={link}>
            {row.entity.type} {row.entity.key}
          </Link>
        )}
        {row.runId && (
          <Link href={to('runs', row.runId)} className={link}>
            its run
          </Link>
        )}
        <Moment at={row.at} className="text-fg-3" />
      </p>
      <p className="line-clamp-2 whitespace-pre-wrap text-fg-2">{row.text}</p>
    </li>
  );
}
