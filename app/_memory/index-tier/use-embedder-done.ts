'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#app/_api/trpc.ts';

/** For the end of what is done with embedders: memory is looked at again. */
export function useEmbedderDone(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(trpc.memory.pathFilter());
}
