'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';

/** What the operator said of an item for a question; null: nothing. */
export type Mark = 'expected' | 'irrelevant' | null;
export type Marks = { of: (itemId: string) => Mark; set: (itemId: string, mark: Mark) => void };

/** The operator's marks for one question, and a way to set them. */
export function useMarks(query: string): Marks {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const asked = query.trim();
  const set = useQuery(trpc.memory.recallSet.queryOptions({ projectId, limit: 1_000 }));
  const question = useMemo(() => set.data?.find((each) => each.query === asked), [set.data, asked]);
  const onSettled = () => queryClient.invalidateQueries(trpc.memory.recallSet.pathFilter());
  const mark = useMutation(trpc.memory.markExpected.mutationOptions({ onError: sayFailure('Not marked'), onSettled }));
  const unmark = useMutation(
    trpc.memory.unmarkExpected.mutationOptions({ onError: sayFailure('Not taken back'), onSettled }),
  );
  return {
    of(itemId) {
      if (question?.expected.some((item) => item.itemId === itemId)) return 'expected';
      return question?.irrelevant.some((item) => item.itemId === itemId) ? 'irrelevant' : null;
    },
    set(itemId, next) {
      if (next === null) unmark.mutate({ projectId, query: asked, itemId });
      else mark.mutate({ projectId, query: asked, itemIds: [itemId], relevant: next === 'expected' });
    },
  };
}
