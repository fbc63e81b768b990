'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { adoptSnapshot, applyRunEvents, type LiveRun, liveRun } from '#app/_canvas/run-state.ts';
import { useProjectId } from '#app/_shell/project.ts';
import type { LiveMessage } from '#server/live/types.ts';
import { throttle } from './throttle.ts';

/** How often, at most, what events do not carry (steps, values, timeline) is loaded again. */
const reloadMs = 400;

/** Follows one run while it goes on: its counts at once from the events, everything else loaded again soon after. */
export function useRunLive(runId: string, active: boolean): { run: LiveRun | null; connected: boolean } {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [run, setRun] = useState<LiveRun | null>(null);
  const following = useRef<LiveRun | null>(null);
  const reload = useMemo(
    () => throttle(() => void queryClient.invalidateQueries(trpc.runs.pathFilter()), reloadMs),
    [queryClient, trpc],
  );
  useEffect(() => reload.stop, [reload]);
  const onMessage = (message: LiveMessage) => {
    const next = followed(following.current, message, runId);
    if (next === following.current) return;
    following.current = next;
    setRun(next);
    reload.call();
  };
  const stream = useSubscription(
    trpc.live.runs.subscriptionOptions(
      { projectId, runId },
      { enabled: active, onData: ({ data }) => onMessage(data) },
    ),
  );
  return { run, connected: stream.status === 'pending' };
}

function followed(before: LiveRun | null, message: LiveMessage, runId: string): LiveRun | null {
  switch (message.kind) {
    case 'snapshot': {
      const told = message.runs.find((run) => run.id === runId);
      if (!told) return before;
      const fresh = liveRun(told, told.nodes, told.seq);
      return before ? adoptSnapshot(before, fresh) : fresh;
    }
    case 'events':
      return before && message.runId === runId ? applyRunEvents(before, message.events) : before;
  }
}
