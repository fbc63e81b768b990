'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useSession } from '../../session/context.ts';
import { historyEntries } from './entries.ts';

/** The history of the open pipeline, newest first. */
export function useHistoryEntries() {
  const trpc = useTRPC();
  const { projectId, pipelineId } = useSession();
  const versions = useQuery(
    trpc.pipelines.versions.queryOptions({ projectId, pipelineId }, { staleTime: 0, refetchOnMount: 'always' }),
  );
  const saves = useQuery(
    trpc.pipelines.draftHistory.queryOptions(
      { projectId, pipelineId, limit: 100 },
      { staleTime: 0, refetchOnMount: 'always' },
    ),
  );
  const entries = useMemo(
    () => historyEntries(versions.data ?? [], saves.data?.items ?? []),
    [versions.data, saves.data],
  );
  return {
    entries,
    pending: versions.isPending || saves.isPending,
    error: versions.error ?? saves.error,
    retry: () => void Promise.all([versions.refetch(), saves.refetch()]),
  };
}

/** Saves what is unsaved, so that it is in the history, and looks again after each save. */
export function useSavedHistory(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { autosave } = useSession();
  useEffect(() => {
    const refresh = () => void queryClient.invalidateQueries(trpc.pipelines.draftHistory.pathFilter());
    void autosave.flush().then(refresh);
    return autosave.store.subscribe((state, before) => {
      if (state.kind === 'saved' && before.kind !== 'saved') refresh();
    });
  }, [autosave, queryClient, trpc]);
}
