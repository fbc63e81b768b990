'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Activity, FilterX, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Select } from '#app/_ui/select.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { statusWord, toStatus } from '#app/_ui/status.ts';
import type { RunStatus } from '#server/runs/types.ts';
import { RunTable } from './run-table.tsx';

const runStatuses: readonly RunStatus[] = ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'];
const any = 'any';

/** All runs of the project, to be narrowed by status and pipeline. */
export function RunsPage() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const filter = useFilter();
  const runs = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(
      {
        projectId,
        limit: 50,
        ...(filter.status ? { status: filter.status } : {}),
        ...(filter.pipelineId ? { pipelineId: filter.pipelineId } : {}),
      },
      { getNextPageParam: (page) => page.next ?? undefined, refetchInterval: 4_000 },
    ),
  );
  const rows = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filter.status !== null || filter.pipelineId !== null;
  return (
    <>
      <PageBar
        title="Runs"
        actions={<Filters filter={filter} />}
        className="max-phone:h-auto max-phone:flex-wrap max-phone:py-2"
      />
      <PageBody>
        {runs.isError && !runs.data && <QueryFailure error={runs.error} onRetry={() => runs.refetch()} />}
        {runs.isPending && <SkeletonRows rows={12} />}
        {runs.data && rows.length === 0 && (filtered ? <NoneFits onClear={filter.clear} /> : <NoneYet />)}
        {rows.length > 0 && <RunTable runs={rows} />}
        {runs.hasNextPage && (
          <div className="grid place-items-center py-4">
            <Button busy={runs.isFetchingNextPage} onClick={() => runs.fetchNextPage()}>
              Show older runs
            </Button>
          </div>
        )}
      </PageBody>
    </>
  );
}

type Filter = {
  status: RunStatus | null;
  pipelineId: string | null;
  set: (name: 'status' | 'pipeline', value: string) => void;
  clear: () => void;
};

function useFilter(): Filter {
  const router = useRouter();
  const to = useTo();
  const search = useSearchParams();
  const status = runStatuses.find((each) => each === search.get('status')) ?? null;
  return {
    status,
    pipelineId: search.get('pipeline'),
    set: (name, value) => {
      const next = new URLSearchParams(search);
      if (value === any) next.delete(name);
      else next.set(name, value);
      router.replace(`${to('runs')}?${next}`, { scroll: false });
    },
    clear: () => router.replace(to('runs'), { scroll: false }),
  };
}

function Filters({ filter }: { filter: Filter }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({ projectId }));
  return (
    <>
      <Select
        label="Status"
        value={filter.status ?? any}
        onChange={(value) => filter.set('status', value)}
        options={[
          { value: any, label: 'Any status' },
          ...runStatuses.map((status) => ({ value: status, label: statusWord(toStatus(status)) })),
        ]}
      />
      <Select
        label="Pipeline"
        className="max-w-56"
        value={filter.pipelineId ?? any}
        onChange={(value) => filter.set('pipeline', value)}
        options={[
          { value: any, label: 'Any pipeline' },
          ...(pipelines.data ?? []).map((pipeline) => ({ value: pipeline.id, label: pipeline.name })),
        ]}
      />
    </>
  );
}

function NoneFits({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={FilterX}
      title="No run fits the filter"
      action={<Button onClick={onClear}>Show all runs</Button>}
    />
  );
}

function NoneYet() {
  const to = useTo();
  return (
    <EmptyState
      icon={Activity}
      title="No run yet"
      action={
        <Button asChild variant="primary" size="lg">
          <Link href={to('pipelines')}>
            <Workflow size={14} aria-hidden="true" />
            Choose a pipeline to run
          </Link>
        </Button>
      }
    >
      Open a pipeline and press Run. Every run is kept here with each of its steps, why it did what it did, and its
      cost.
    </EmptyState>
  );
}
