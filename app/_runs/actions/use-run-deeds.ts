'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { sayDone } from '#app/_ui/toaster.tsx';

export type RunDeeds = { pause: () => void; resume: () => void; cancel: () => void; busy: boolean };

/** Pauses, resumes and cancels a run. `onCancelled` is called when cancelling is over, whether or not it worked. */
export function useRunDeeds(run: { id: string; ref: number }, onCancelled?: () => void): RunDeeds {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const ids = { projectId, runId: run.id };
  const name = `R-${run.ref}`;
  const onSettled = () => queryClient.invalidateQueries(trpc.runs.pathFilter());
  const pause = useMutation(
    trpc.runs.pause.mutationOptions({
      onSuccess: ({ paused }) =>
        paused ? sayDone('Paused', `${name}: what runs may finish, nothing begins.`) : sayDone('Already so', name),
      onError: sayFailure('Not paused'),
      onSettled,
    }),
  );
  const resume = useMutation(
    trpc.runs.unpause.mutationOptions({
      onSuccess: () => sayDone('Goes on', name),
      onError: sayFailure('Not resumed'),
      onSettled,
    }),
  );
  const cancel = useMutation(
    trpc.runs.cancel.mutationOptions({
      onSuccess: () => sayDone('Cancelled', name),
      onError: sayFailure('Not cancelled'),
      onSettled: async () => {
        onCancelled?.();
        await onSettled();
      },
    }),
  );
  return {
    pause: () => pause.mutate(ids),
    resume: () => resume.mutate(ids),
    cancel: () => cancel.mutate(ids),
    busy: pause.isPending || resume.isPending || cancel.isPending,
  };
}
