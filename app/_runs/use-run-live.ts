'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import type { LiveRun } from '#app/_canvas/run-state.ts';
import { useProjectId } from '#app/_shell/project.ts';
import type { RunDetail } from '#server/runs/types.ts';
import { type Following, follow, rebase } from './following.ts';
import { throttle } from './throttle.ts';

/** How often, at most, what events do not carry (steps, values, timeline) is loaded again. */
const reloadMs = 400;

/** Follows one run while it goes on: its counts at once from the events, everything else loaded again soon after. */
export function useRunLive(runId: string, fetched: RunDetail | undefined): { run: LiveRun | null; connected: boolean } {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [following, setFollowing] = useState<Following | null>(null);
  const reload = useMemo(
    () => throttle(() => void queryClient.invalidateQueries(trpc.runs.pathFilter()), reloadMs),
    [queryClient, trpc],
  );
  useEffect(() => reload.stop, [reload]);
  useEffect(() => {
    if (fetched) setFollowing((before) => rebase(before, fetched));
  }, [fetched]);
  const stream = useSubscription(
    trpc.live.runs.subscriptionOptions(
      { projectId, runId },
      {
        // What is undone after a run has ended is told as what happened before.
        enabled: fetched !== undefined && (fetched.endedAt === null || fetched.undo === 'undoing'),
        onData: ({ data }) => {
          setFollowing((before) => follow(before, data, runId));
          if (data.kind === 'events') reload.call();
        },
      },
    ),
  );
  return { run: following?.run ?? null, connected: stream.status === 'pending' };
}
