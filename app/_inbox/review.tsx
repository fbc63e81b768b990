'use client';
import { CircleX, Hand } from 'lucide-react';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { ageLong, plural } from '#app/_ui/format.ts';
import type { ReviewRequest, TaskView } from '#server/inbox/types.ts';
import { TaskTitle } from './task-head.tsx';

/** Too many failures within a time: which they were, and whether the pipeline is held meanwhile. */
export function Review({ task, request }: { task: TaskView; request: ReviewRequest }) {
  const to = useTo();
  const { failures, withinMs, hold, examples } = request;
  return (
    <div className="min-w-0 overflow-y-auto px-6 py-5 max-phone:px-4 max-phone:py-3">
      <TaskTitle task={task} />
      <p className="mt-4 max-w-150">
        {plural(failures, 'failure')} within {ageLong(withinMs)}: the threshold “{request.threshold}” of{' '}
        <Link href={to('pipelines', task.pipelineId)} className="font-medium text-accent-text hover:underline">
          {task.pipelineName}
        </Link>{' '}
        is reached.
      </p>
      <p className="mt-2 flex max-w-150 gap-2">
        <Hand size={14} className="mt-[3px] flex-none text-st-waiting" aria-hidden="true" />
        {hold
          ? 'It is held: production runs are not started until you have decided. Runs that are under way go on.'
          : 'It is not held: production runs are started as before.'}
      </p>
      <section className="mt-4">
        <h3 className="mb-1.5 text-12 leading-5 font-semibold">What failed</h3>
        {examples.length === 0 && <p className="text-12 text-fg-3">The failures are not kept any more.</p>}
        <ul className="overflow-hidden rounded-card border border-line-strong bg-raised">
          {examples.map(({ runId, runRef, state, path, message }) => (
            <li
              key={`${runId} ${state} ${path}`}
              className="flex gap-2.5 border-b border-line px-3 py-2 text-12 last:border-b-0"
            >
              <CircleX size={14} className="mt-0.5 flex-none text-st-failed" aria-hidden="true" />
              <div className="min-w-0 flex-1">
                <p className="flex gap-2">
                  <b className="truncate font-semibold">{state}</b>
                  {path && <span className="truncate text-fg-3">{path}</span>}
                  <span className="flex-1" />
                  <Link
                    href={`${to('runs', runId)}?${new URLSearchParams({ step: state, path })}`}
                    className="flex-none font-medium text-accent-text hover:underline"
                  >
                    R-{runRef}
                  </Link>
                </p>
                <p className="break-words text-fg-2">{message}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
