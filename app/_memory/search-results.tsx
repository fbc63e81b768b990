'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { plural } from '#app/_ui/format.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { JudgedHits } from './recall-tier/judged-hits.tsx';
import { Missed } from './recall-tier/missed.tsx';

/** What a pipeline would recall for a text, each with its fused score and its rank in both searches. */
export function SearchResults({ query }: { query: string }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const found = useQuery(
    trpc.memory.search.queryOptions({ projectId, query, limit: 30 }, { placeholderData: keepPreviousData }),
  );
  if (found.isError && !found.data) return <QueryFailure error={found.error} onRetry={() => found.refetch()} />;
  if (found.isPending) return <SkeletonRows rows={6} rowClass="h-16" />;
  const { hits, vectors } = found.data;
  if (hits.length === 0)
    return (
      <EmptyState icon={SearchX} action={<Missed query={query} />} title={`Nothing is found for “${query}”`}>
        Try fewer or other words. {vectors ? '' : 'The vector index does not answer, so only exact words are found.'}
      </EmptyState>
    );
  return (
    <>
      <p className="flex justify-between border-b border-line px-6 text-11 leading-7 text-fg-3 max-phone:px-4">
        <span>{plural(hits.length, 'memory', 'memories')}</span>
        <span>score · {vectors ? 'vector and text rank' : 'text rank only'}</span>
      </p>
      <JudgedHits query={query} hits={hits} stale={found.isPlaceholderData} />
    </>
  );
}
