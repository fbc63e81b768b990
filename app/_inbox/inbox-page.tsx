'use client';
import { Inbox } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { useKeys } from '#app/_ui/keys.ts';
import { neighbour } from './neighbour.ts';
import { TaskDetail } from './task-detail.tsx';
import { TaskList } from './task-list.tsx';
import { useDecide } from './use-decide.ts';
import { useInbox, useSelectTask } from './use-inbox.ts';

/** Tasks at the left, the open one with its provenance at the right; on a phone one or the other. */
export function InboxPage() {
  const { open, waiting, decided, named, selected } = useInbox();
  const select = useSelectTask();
  const deciding = useDecide((taskId) => select(neighbour(waiting, taskId, 1)));
  const move = (step: 1 | -1) => {
    const at = waiting.findIndex((task) => task.id === selected);
    const next = waiting[at + step];
    if (next) select(next.id);
  };
  const next = () => move(1);
  const previous = () => move(-1);
  useKeys({ j: next, k: previous, ArrowDown: next, ArrowUp: previous });
  const at = waiting.findIndex((task) => task.id === selected);
  return (
    <div className="flex min-h-0 flex-1">
      <TaskList
        waiting={waiting}
        decided={decided}
        selected={selected}
        loading={open.isPending}
        className={named ? 'max-phone:hidden' : undefined}
      />
      <div className={cn('flex min-w-0 flex-1 flex-col', !named && 'max-phone:hidden')}>
        {open.isError && !open.data && <QueryFailure error={open.error} onRetry={() => open.refetch()} />}
        {selected ? (
          <TaskDetail
            taskId={selected}
            position={at < 0 ? null : `${at + 1} of ${waiting.length}`}
            deciding={deciding}
            onMove={move}
          />
        ) : (
          !open.isPending && (
            <div className="grid flex-1 place-items-center">
              <EmptyState icon={Inbox} title="All decided">
                Runs go on by themselves until they need you.
              </EmptyState>
            </div>
          )
        )}
      </div>
    </div>
  );
}
