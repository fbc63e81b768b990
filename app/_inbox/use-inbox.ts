'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';

const everyMs = 3_000;

/** The tasks that wait, oldest first, those that were decided, and which one is open. */
export function useInbox() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const open = useQuery(
    trpc.inbox.list.queryOptions({ projectId, status: 'open', limit: 200 }, { refetchInterval: everyMs }),
  );
  const decided = useQuery(
    trpc.inbox.list.queryOptions({ projectId, status: 'decided', limit: 30 }, { refetchInterval: everyMs }),
  );
  const waiting = open.data?.toSorted((a, b) => a.createdAt - b.createdAt) ?? [];
  const named = useSearchParams().get('task');
  return { open, waiting, decided: decided.data ?? [], named, selected: named ?? waiting[0]?.id ?? null };
}

/** Opens a task, or the list with null. On a phone this is a step that the back button takes back. */
export function useSelectTask(): (taskId: string | null) => void {
  const router = useRouter();
  const to = useTo();
  return (taskId) => {
    const address = taskId === null ? to('inbox') : `${to('inbox')}?task=${taskId}`;
    const fromList = taskId !== null && !window.location.search.includes('task=');
    if (fromList) router.push(address, { scroll: false });
    else router.replace(address, { scroll: false });
  };
}
