'use client';
import Link from 'next/link';
import { TaskKind, TaskTile } from '#app/_inbox/task-face.tsx';
import { useTo } from '#app/_shell/project.ts';
import { RiskMark } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Ago } from '#app/_ui/time.tsx';
import type { TaskRow } from '#server/inbox/types.ts';
import { Block, Quiet, Row, Subject } from './block.tsx';

/** What waits for the operator, oldest first. Today never approves blind: it opens the review. */
export function Waiting({ tasks, count }: { tasks: readonly TaskRow[]; count: number }) {
  const to = useTo();
  const aside = (
    <>
      <span className="text-fg-3">oldest first</span>
      <Link
        href={to('inbox')}
        className="ml-2 inline-flex items-center gap-1 font-medium text-accent-text hover:underline"
      >
        Open inbox <Kbd>G</Kbd>
        <Kbd>I</Kbd>
      </Link>
    </>
  );
  return (
    <Block title="Waiting for you" count={count} aside={aside}>
      {tasks.length === 0 && <Quiet>Nothing waits for you.</Quiet>}
      <ul>
        {tasks.map((task) => (
          <Row key={task.id} columns="grid-cols-[24px_minmax(0,1fr)_44px_92px_84px_72px]">
            <TaskTile kind={task.kind} size="s" />
            <Subject name={task.title} about={task.subject} />
            <span>{task.kind === 'approval' && <RiskMark value={task.risk} />}</span>
            <TaskKind kind={task.kind} size={14} className="text-12" />
            <Ago at={task.createdAt} long className="text-right text-fg-2" />
            <span className="text-right max-phone:ml-auto">
              <Button asChild size="sm">
                <Link href={`${to('inbox')}?task=${task.id}`}>{task.kind === 'approval' ? 'Review' : 'Decide'}</Link>
              </Button>
            </span>
          </Row>
        ))}
      </ul>
    </Block>
  );
}
