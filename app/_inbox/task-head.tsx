'use client';
import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { RehearsalBadge, RiskMark } from '#app/_ui/badge.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { StatusIcon, StatusText, statusText } from '#app/_ui/status-icon.tsx';
import { Ago, Moment } from '#app/_ui/time.tsx';
import type { TaskView } from '#server/inbox/types.ts';
import { outcomeOf, reasonOf } from './outcome-text.ts';
import { taskWord } from './task-face.tsx';

/** The bar above a task: where it belongs, which of how many, and the way to its neighbours. */
export function TaskBar({
  task,
  position,
  onMove,
}: {
  task: TaskView;
  position: string | null;
  onMove: (step: 1 | -1) => void;
}) {
  const to = useTo();
  return (
    <header className="flex h-11 flex-none items-center gap-2 border-b border-line px-4 max-phone:h-13 max-phone:px-1">
      <Button asChild variant="ghost" shape="icon" className="hidden max-phone:inline-flex">
        <Link href={to('inbox')} aria-label="Back to the list">
          <ArrowLeft size={16} />
        </Link>
      </Button>
      <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5">
        <Link
          href={`${to('pipelines', task.pipelineId)}?${new URLSearchParams({ run: `R-${task.runRef}`, node: task.state })}`}
          title="Open in the editor, with this run"
          className="truncate text-fg-2 hover:underline max-phone:hidden"
        >
          {task.pipelineName}
        </Link>
        <span className="text-fg-3 max-phone:hidden">/</span>
        <Link href={to('runs', task.runId)} className="flex-none text-fg-2 hover:underline">
          R-{task.runRef}
        </Link>
        <span className="text-fg-3">/</span>
        <b className="truncate">{task.title}</b>
      </nav>
      <span className="flex-1" />
      {position && (
        <>
          <span className="whitespace-nowrap text-fg-3">{position}</span>
          <span className="-mr-2 flex max-phone:mr-0">
            <IconButton label="Previous task" keys="K" onClick={() => onMove(-1)}>
              <ChevronUp size={16} />
            </IconButton>
            <IconButton label="Next task" keys="J" onClick={() => onMove(1)}>
              <ChevronDown size={16} />
            </IconButton>
          </span>
        </>
      )}
    </header>
  );
}

/** What is asked, about whom, since when, and until when. */
export function TaskTitle({ task }: { task: TaskView }) {
  return (
    <div>
      <h2 className="text-16 font-semibold tracking-[-0.01em]">{headline(task)}</h2>
      <div className="mt-0.5 flex flex-wrap items-center gap-x-3 text-12 leading-5 text-fg-3">
        {task.status === 'open' ? (
          <>
            <StatusText status="waiting" detail={taskWord(task.kind)} className="text-12 leading-5" />
            <Ago at={task.createdAt} long />
            {task.kind === 'approval' && <RiskMark value={task.risk} className="text-12" />}
            {isRehearsed(task) && <RehearsalBadge />}
            {task.expiresAt !== null && (
              <span>
                times out <Moment at={task.expiresAt} />
              </span>
            )}
          </>
        ) : (
          <Decided task={task} />
        )}
      </div>
    </div>
  );
}

/** Whether any of it was written by the offline rehearsal instead of a language model. */
function isRehearsed({ provenance }: TaskView): boolean {
  return provenance.some(({ entries }) => entries.some((entry) => entry.kind === 'model' && entry.rehearsal));
}

/** "Send e-mail: Maria Anders", "Did this happen? Maria Anders". */
function headline({ title, subject }: TaskView): string {
  if (subject === '') return title;
  return /[?!.:]$/.test(title) ? `${title} ${subject}` : `${title}: ${subject}`;
}

function Decided({ task }: { task: TaskView }) {
  const outcome = outcomeOf(task);
  const reason = reasonOf(task);
  return (
    <>
      <span className={`flex items-center gap-1 font-medium ${statusText[outcome.status]}`}>
        <StatusIcon status={outcome.status} />
        {outcome.word}
      </span>
      {task.decision && <span>by {task.decision.by}</span>}
      {task.decidedAt !== null && <Moment at={task.decidedAt} />}
      {reason && <span className="basis-full text-fg-2">“{reason}”</span>}
    </>
  );
}
