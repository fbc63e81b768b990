'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { useSession } from '../session/context.ts';
import { showStarted } from './parts.ts';

type Client = ReturnType<typeof useTRPCClient>;
type Ids = { projectId: string; pipelineId: string; requestKey: string };
type Started = { runId: string };
/** Asks the server for the run. The same request key again starts nothing more. */
export type Starter = (client: Client, ids: Ids) => Promise<Started>;

export const notSavedText = 'The draft is not saved yet, and a run takes what is saved. See the state beside the name.';

/**
 * Starts a run and shows it on the canvas; what is drawn is saved first. One request key as long as the component
 * lives: pressing twice, or a lost answer, starts one run.
 */
export function useStart({ draft, onStarted }: { draft: boolean; onStarted?: () => void }) {
  const client = useTRPCClient();
  const session = useSession();
  const [requestKey] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<string | null>(null);
  const mutation = useMutation({
    mutationFn: (starter: Starter) => starter(client, { ...idsOf(session), requestKey }),
  });
  const start = async (starter: Starter): Promise<void> => {
    setFailure(null);
    try {
      if (draft && !(await session.autosave.flush())) return setFailure(notSavedText);
      const { runId } = await mutation.mutateAsync(starter);
      showStarted(session, runId);
      onStarted?.();
    } catch (error) {
      const { message, todo } = toFailure(error);
      setFailure(`${message} ${todo}`);
    }
  };
  return { start, busy: mutation.isPending, failure };
}

function idsOf({ projectId, pipelineId }: { projectId: string; pipelineId: string }) {
  return { projectId, pipelineId };
}
