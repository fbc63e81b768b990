'use client';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { throttle } from '#app/_runs/throttle.ts';
import type { RunDetail } from '#server/runs/types.ts';
import { useLive, useSession } from '../session/context.ts';

const reloadMs = 500;
/** A run in full is as large as its pipeline; one that is not looked at any more is soon forgotten. */
const forgetMs = 15_000;

/** The run on the canvas with the graph that it runs, its counts as live as they are known; null: none is shown. */
export function useInspectedRun(): RunDetail | null {
  const trpc = useTRPC();
  const { projectId } = useSession();
  const live = useLive((state) => (state.chosen === null ? undefined : state.runs.get(state.chosen)));
  const chosen = useLive((state) => state.chosen);
  const fetched = useQuery(
    trpc.runs.get.queryOptions(
      { projectId, runId: chosen ?? '' },
      { enabled: chosen !== null, staleTime: 60_000, gcTime: forgetMs },
    ),
  );
  useReloads(live?.seq ?? 0);
  return useMemo(() => {
    if (chosen === null || fetched.data?.id !== chosen) return null;
    if (!live || live.seq <= fetched.data.seq) return fetched.data;
    const { version, mode, trigger } = fetched.data;
    return { ...fetched.data, ...live.row, version, mode, trigger, nodes: { ...live.nodes } };
  }, [chosen, fetched.data, live]);
}

/** Steps, values and timeline do not come with the events: they are asked for again soon after one. */
function useReloads(seq: number): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const reload = useMemo(
    () =>
      throttle(() => {
        for (const filter of [trpc.runs.step, trpc.runs.steps, trpc.runs.timeline, trpc.runs.scopeValues])
          void queryClient.invalidateQueries(filter.pathFilter());
      }, reloadMs),
    [queryClient, trpc],
  );
  useEffect(() => reload.stop, [reload]);
  useEffect(() => {
    if (seq > 0) reload.call();
  }, [seq, reload]);
}

/** One step of a run in full. The step shown before stays until the next one is there. */
export function useStep(runId: string | null, at: { state: string; path: string } | null) {
  const trpc = useTRPC();
  const { projectId } = useSession();
  return useQuery(
    trpc.runs.step.queryOptions(
      { projectId, runId: runId ?? '', state: at?.state ?? '', path: at?.path ?? '' },
      { enabled: runId !== null && at !== null, placeholderData: keepPreviousData, gcTime: forgetMs },
    ),
  );
}
