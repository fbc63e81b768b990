'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Answer, TaskView } from '#server/inbox/types.ts';

export type Deciding = {
  approve: (task: TaskView, value: JsonObject | null) => void;
  reject: (task: TaskView, reason: string) => void;
  answer: (task: TaskView, answer: Answer) => void;
  busy: boolean;
};

const answerSaid: Record<Answer, string> = {
  happened: 'Noted: it happened',
  repeat: 'It will be repeated',
  stop: 'Stopped here',
};

/** Decides tasks. `onDecided` is called once the server has taken the decision; the lists are loaded again either way. */
export function useDecide(onDecided: (taskId: string) => void): Deciding {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const projectId = useProjectId();
  const onSettled = () =>
    Promise.all(
      [trpc.inbox.pathFilter(), trpc.projects.get.queryFilter(), trpc.today.pathFilter()].map((filter) =>
        queryClient.invalidateQueries(filter),
      ),
    );
  const decide = useMutation(trpc.inbox.decide.mutationOptions({ onError: sayFailure('Not decided'), onSettled }));
  const answer = useMutation(trpc.inbox.answer.mutationOptions({ onError: sayFailure('Not answered'), onSettled }));
  const done = (task: TaskView, said: string) => () => {
    sayDone(said, task.subject || task.title);
    onDecided(task.id);
  };
  return {
    approve: (task, value) =>
      decide.mutate(
        { projectId, taskId: task.id, token: task.token, decision: 'approve', ...(value ? { value } : {}) },
        { onSuccess: done(task, value ? 'Approved with your changes' : 'Approved') },
      ),
    reject: (task, reason) =>
      decide.mutate(
        { projectId, taskId: task.id, token: task.token, decision: 'reject', ...(reason ? { reason } : {}) },
        { onSuccess: done(task, 'Rejected') },
      ),
    answer: (task, said) =>
      answer.mutate(
        { projectId, taskId: task.id, token: task.token, answer: said },
        { onSuccess: done(task, answerSaid[said]) },
      ),
    busy: decide.isPending || answer.isPending,
  };
}
