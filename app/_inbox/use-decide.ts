'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Answer, BatchChoice, BudgetChoice, FailureChoice, ReviewChoice, TaskView } from '#server/inbox/types.ts';

/** What the operator chose about a failure, with what it is tried again or skipped. */
export type Resolution = { choice: FailureChoice; input?: JsonObject; value?: Json };

export type Deciding = {
  approve: (task: TaskView, value: JsonObject | null) => void;
  reject: (task: TaskView, reason: string) => void;
  answer: (task: TaskView, answer: Answer) => void;
  resolve: (task: TaskView, chosen: Resolution) => void;
  review: (task: TaskView, choice: ReviewChoice) => void;
  budget: (task: TaskView, chosen: { choice: BudgetChoice; toMicros?: number }) => void;
  batch: (task: TaskView, choice: BatchChoice) => void;
  /** It was decided elsewhere, or is to be looked at later: goes on to the next. */
  settled: (task: TaskView) => void;
  busy: boolean;
};

const answerSaid: Record<Answer, string> = {
  happened: 'Noted: it happened',
  repeat: 'It will be repeated',
  stop: 'Stopped here',
};

const choiceSaid: Record<FailureChoice | ReviewChoice | BudgetChoice | BatchChoice, string> = {
  retry: 'It is tried again',
  edit: 'It is tried again with your input',
  skip: 'Skipped with your value',
  stop: 'Stopped here',
  undo: 'The run is being undone',
  raise: 'The budget is raised',
  wait: 'It waits for room',
  look: 'It is looked at now',
  release: 'Released',
  'keep-held': 'Held',
};

/** Decides tasks. `onDecided` is called once the server has taken the decision; the lists are loaded again either way. */
export function useDecide(onDecided: (taskId: string) => void): Deciding {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const projectId = useProjectId();
  const onSettled = () =>
    Promise.all(
      [
        trpc.inbox.pathFilter(),
        trpc.projects.get.queryFilter(),
        trpc.today.pathFilter(),
        trpc.runs.pathFilter(),
        trpc.money.pathFilter(),
      ].map((filter) => queryClient.invalidateQueries(filter)),
    );
  const decide = useMutation(trpc.inbox.decide.mutationOptions({ onError: sayFailure('Not decided'), onSettled }));
  const answer = useMutation(trpc.inbox.answer.mutationOptions({ onError: sayFailure('Not answered'), onSettled }));
  const resolve = useMutation(trpc.inbox.resolve.mutationOptions({ onError: sayFailure('Not decided'), onSettled }));
  const review = useMutation(trpc.inbox.review.mutationOptions({ onError: sayFailure('Not decided'), onSettled }));
  const budget = useMutation(trpc.inbox.budget.mutationOptions({ onError: sayFailure('Not decided'), onSettled }));
  const batch = useMutation(trpc.inbox.batch.mutationOptions({ onError: sayFailure('Not decided'), onSettled }));
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
    resolve: (task, chosen) =>
      resolve.mutate(
        { projectId, taskId: task.id, token: task.token, ...chosen },
        { onSuccess: done(task, choiceSaid[chosen.choice]) },
      ),
    review: (task, choice) =>
      review.mutate({ projectId, taskId: task.id, choice }, { onSuccess: done(task, choiceSaid[choice]) }),
    budget: (task, chosen) =>
      budget.mutate(
        { projectId, taskId: task.id, token: task.token, ...chosen },
        { onSuccess: done(task, choiceSaid[chosen.choice]) },
      ),
    batch: (task, choice) =>
      batch.mutate(
        { projectId, taskId: task.id, token: task.token, choice },
        { onSuccess: done(task, choiceSaid[choice]) },
      ),
    settled: (task) => onDecided(task.id),
    busy: [decide, answer, resolve, review, budget, batch].some(({ isPending }) => isPending),
  };
}
