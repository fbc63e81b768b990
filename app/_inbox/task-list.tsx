'use client';
import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { RiskMark } from '#app/_ui/badge.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { StatusIcon, statusText } from '#app/_ui/status-icon.tsx';
import { Ago } from '#app/_ui/time.tsx';
import type { TaskRow } from '#server/inbox/types.ts';
import { outcomeOf } from './outcome-text.ts';
import { TaskKind, TaskTile } from './task-face.tsx';

/** The tasks, 336 px wide: those that wait, oldest first, then those that were decided. */
export function TaskList({
  waiting,
  decided,
  selected,
  loading,
  className,
}: {
  waiting: readonly TaskRow[];
  decided: readonly TaskRow[];
  selected: string | null;
  loading: boolean;
  className?: string;
}) {
  return (
    <section
      aria-label="Tasks"
      className={cn(
        'flex w-84 flex-none max-wide:w-72 flex-col border-r border-line bg-panel max-phone:w-full max-phone:border-0',
        className,
      )}
    >
      <header className="flex h-11 flex-none items-center gap-2 border-b border-line px-4 max-phone:h-13">
        <h1 className="text-14 font-semibold max-phone:text-20">Inbox</h1>
        <span className="text-fg-3">{loading ? '' : waiting.length}</span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <GroupHead title="Waiting for you" aside="oldest first" />
        {loading && <SkeletonRows rows={6} rowClass="h-[74px]" />}
        {!loading && waiting.length === 0 && (
          <EmptyState icon={Inbox} title="Nothing waits for you">
            When a run reaches an approval, fails for good, is held by a budget, or needs to know whether something
            happened, it stands here.
          </EmptyState>
        )}
        <ul>
          {waiting.map((task) => (
            <TaskItem key={task.id} task={task} current={task.id === selected} />
          ))}
        </ul>
        {decided.length > 0 && <GroupHead title="Decided" aside={String(decided.length)} />}
        <ul>
          {decided.map((task) => (
            <DecidedItem key={task.id} task={task} current={task.id === selected} />
          ))}
        </ul>
      </div>
      <footer className="flex h-[49px] flex-none items-center justify-between border-t border-line px-4 text-12 text-fg-3 max-phone:hidden">
        <KeyHint keys={['J', 'K']} text="move" className="max-wide:hidden" />
        {hintsFor(waiting.find(({ id }) => id === selected)?.kind ?? 'approval').map(([key, text]) => (
          <KeyHint key={key} keys={[key]} text={text} />
        ))}
        <KeyHint keys={['?']} text="all" />
      </footer>
    </section>
  );
}

function hintsFor(kind: TaskRow['kind']): [key: string, text: string][] {
  switch (kind) {
    case 'approval':
      return [
        ['A', 'approve'],
        ['E', 'edit'],
        ['R', 'reject'],
      ];
    case 'failure':
      return [
        ['R', 'retry'],
        ['E', 'edit'],
        ['S', 'skip'],
      ];
    case 'review':
      return [
        ['R', 'release'],
        ['H', 'hold'],
      ];
    case 'budget':
      return [
        ['R', 'raise'],
        ['W', 'wait'],
      ];
    case 'batch':
      return [['L', 'look now']];
    case 'decision':
      return [];
  }
}

function GroupHead({ title, aside }: { title: string; aside: string }) {
  return (
    <div className="flex justify-between border-b border-line bg-bg px-4 text-11 leading-7 font-medium text-fg-3">
      <span>{title}</span>
      <span>{aside}</span>
    </div>
  );
}

function KeyHint({ keys, text, className }: { keys: string[]; text: string; className?: string }) {
  return (
    <span className={cn('flex items-center gap-1', className)}>
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
      {text}
    </span>
  );
}

function useShownWhenCurrent(current: boolean) {
  const ref = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (current) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return ref;
}

const rowLook = [
  'focus-inset relative flex gap-2.5 border-b border-line px-4 pt-[9px] pb-2.5 hover:bg-hover max-phone:py-3',
  'aria-[current]:bg-accent-soft aria-[current]:before:absolute aria-[current]:before:inset-y-0 aria-[current]:before:left-0',
  'aria-[current]:before:w-0.5 aria-[current]:before:bg-accent max-phone:aria-[current]:bg-transparent max-phone:aria-[current]:before:hidden',
];

function TaskItem({ task, current }: { task: TaskRow; current: boolean }) {
  const to = useTo();
  const ref = useShownWhenCurrent(current);
  return (
    <li>
      <Link
        ref={ref}
        href={`${to('inbox')}?task=${task.id}`}
        scroll={false}
        aria-current={current || undefined}
        className={cn(rowLook)}
      >
        <TaskTile kind={task.kind} />
        <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)]">
          <span className="flex h-[18px] items-center gap-2 leading-[18px]">
            <b className="flex-1 truncate max-phone:text-14">{task.title}</b>
            <Ago at={task.createdAt} className="text-12 text-fg-3" />
          </span>
          <span className="h-[18px] truncate text-12 leading-[18px] text-fg-2">{task.subject}</span>
          <span className="flex items-center gap-2 text-11 leading-[18px] text-fg-3">
            <TaskKind kind={task.kind} />
            <span className="flex-1 truncate">{task.pipelineName}</span>
            {task.kind === 'approval' && <RiskMark value={task.risk} />}
          </span>
        </span>
      </Link>
    </li>
  );
}

function DecidedItem({ task, current }: { task: TaskRow; current: boolean }) {
  const to = useTo();
  const outcome = outcomeOf(task);
  const ref = useShownWhenCurrent(current);
  return (
    <li>
      <Link
        ref={ref}
        href={`${to('inbox')}?task=${task.id}`}
        scroll={false}
        aria-current={current || undefined}
        className={cn(rowLook)}
      >
        <TaskTile kind={task.kind} />
        <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)]">
          <span className="flex h-[18px] items-center gap-2 leading-[18px]">
            <b className="flex-1 truncate">{task.title}</b>
            {task.decidedAt !== null && <Ago at={task.decidedAt} className="text-12 text-fg-3" />}
          </span>
          <span className="flex items-center gap-2 text-11 leading-[18px] text-fg-3">
            <span className={cn('flex flex-none items-center gap-1 font-medium', statusText[outcome.status])}>
              <StatusIcon status={outcome.status} size={12} />
              {outcome.word}
            </span>
            <span className="truncate">{task.subject}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
