'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { plural } from '#app/_ui/format.ts';
import { sayDone } from '#app/_ui/toaster.tsx';

/** Drops the project's vector index and builds it again from what is stored; what came of it is said. */
export function useRebuild(): { busy: boolean; rebuild: () => void } {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const { isPending, mutate } = useMutation(
    trpc.memory.rebuild.mutationOptions({
      onSuccess: ({ chunks }) => sayDone('Index rebuilt', plural(chunks, 'passage')),
      onError: sayFailure('Index not rebuilt'),
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  return { busy: isPending, rebuild: () => mutate({ projectId }) };
}
