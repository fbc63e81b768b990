'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import type { RunDetail } from '#server/runs/types.ts';
import type { CheckpointRow, StateAt } from '#server/travel/types.ts';

/** Checkpoints that a scrubber reaches; those of a longer run beyond are reached by the address (`?at=`). */
const mostCheckpoints = 2_000;
const atOnce = 500;

export type Travel = {
  on: boolean;
  checkpoints: CheckpointRow[];
  loading: boolean;
  error: unknown;
  /** The chosen checkpoint and its place among the others. */
  at: CheckpointRow | null;
  index: number;
  /** What the run was like then; null while it loads. */
  state: StateAt | null;
  stateError: unknown;
  /** What is told is still that of the checkpoint before. */
  stale: boolean;
  go: (index: number) => void;
  enter: () => void;
  leave: () => void;
};

/** Looking at a run as it was: the checkpoint is in the address (`?at=` its event), so that it can be sent and gone back to. */
export function useTravel(run: RunDetail): Travel {
  const search = useSearchParams();
  return useTravelAt(run, { named: search.get('at'), setAt: useAt() });
}

/** Where it is kept at which checkpoint a run is looked at: an event, '' for the last checkpoint, null for the present. */
export type TravelPlace = { named: string | null; setAt: (at: string | null) => void };

/** The same, wherever the checkpoint is kept. */
export function useTravelAt(run: RunDetail, { named, setAt }: TravelPlace): Travel {
  const on = named !== null;
  const { checkpoints, query } = useCheckpoints(run.id, on);
  const wanted = named === null || named === '' ? Number.POSITIVE_INFINITY : Number(named);
  const index = Math.max(
    0,
    checkpoints.findLastIndex(({ seq }) => seq <= wanted),
  );
  const at = checkpoints[index] ?? null;
  const state = useStateAt(run.id, on ? (at?.seq ?? null) : null);
  return {
    on,
    checkpoints,
    loading: on && query.isPending,
    error: query.error,
    at: on ? at : null,
    index,
    state: on && state.data ? state.data : null,
    stateError: state.error,
    stale: on && state.data?.seq !== at?.seq,
    go: (next) => {
      const chosen = checkpoints[Math.min(checkpoints.length - 1, Math.max(0, next))];
      if (chosen) setAt(String(chosen.seq));
    },
    enter: () => setAt(''),
    leave: () => setAt(null),
  };
}

/** The browser's own history: the server has no part in it, so a dragged thumb does not wait for it. */
function useAt(): (at: string | null) => void {
  const search = useSearchParams();
  return (at) => {
    const query = new URLSearchParams(search);
    if (at === null) query.delete('at');
    else query.set('at', at);
    window.history.replaceState(null, '', `?${query}`);
  };
}

function useCheckpoints(runId: string, enabled: boolean) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const query = useInfiniteQuery(
    trpc.runs.checkpoints.infiniteQueryOptions(
      { projectId, runId, limit: atOnce },
      { enabled, getNextPageParam: (page) => page.next ?? undefined },
    ),
  );
  const checkpoints = useMemo(
    () => (query.data?.pages.flatMap(({ items }) => items) ?? []).toSorted((a, b) => a.seq - b.seq),
    [query.data],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && checkpoints.length < mostCheckpoints) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, checkpoints.length]);
  return { checkpoints, query };
}

/** While the thumb is dragged only where it rests is asked for. */
function useStateAt(runId: string, seq: number | null) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const resting = useDebounced(seq, 80);
  return useQuery(
    trpc.runs.stateAt.queryOptions(
      { projectId, runId, seq: resting ?? 0 },
      { enabled: resting !== null, placeholderData: keepPreviousData },
    ),
  );
}
