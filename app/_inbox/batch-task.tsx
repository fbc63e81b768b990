'use client';
import { RotateCw, Square } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { useKeys } from '#app/_ui/keys.ts';
import { Moment } from '#app/_ui/time.tsx';
import type { BatchRequest, TaskView } from '#server/inbox/types.ts';
import { decisionBar } from './decision-bar-look.ts';
import { TaskTitle } from './task-head.tsx';
import type { Deciding } from './use-decide.ts';

type Props = { task: TaskView; request: BatchRequest; deciding: Deciding };

/** A task of the kind batch: mend what keeps it from being looked at and look, or give it up. */
export function BatchTask({ task, request, deciding }: Props) {
  const [stopping, setStopping] = useState(false);
  const open = task.status === 'open';
  const look = () => void (deciding.busy || deciding.batch(task, 'look'));
  useKeys({ l: look, x: () => setStopping(true) }, open && !stopping);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <BatchAsked task={task} request={request} />
      </div>
      {open && (
        <footer className={decisionBar}>
          <Button
            {...{ variant: 'primary', size: 'lg', keys: 'L', busy: deciding.busy, 'data-decides': 'primary' }}
            icon={<RotateCw size={14} />}
            onClick={look}
          >
            Look again now
          </Button>
          <Button
            {...{ size: 'lg', variant: 'danger', keys: 'X', disabled: deciding.busy }}
            icon={<Square size={14} />}
            onClick={() => setStopping(true)}
          >
            Give up
          </Button>
        </footer>
      )}
      <ConfirmDialog
        open={stopping}
        onClose={() => setStopping(false)}
        onConfirm={() => deciding.batch(task, 'stop')}
        busy={deciding.busy}
        title="Give the batch up?"
        action="Give up"
      >
        All steps that wait for it fail. What the provider has answered or will answer may be charged all the same, and
        is not fetched any more.
      </ConfirmDialog>
    </>
  );
}

function BatchAsked({ task, request }: Omit<Props, 'deciding'>) {
  const to = useTo();
  const { of, trouble } = request;
  return (
    <div className="min-w-0 px-6 py-5 max-phone:px-4 max-phone:py-3">
      <TaskTitle task={task} />
      <p className="mt-4 max-w-150">
        A batch of {of} that{' '}
        <Link
          href={`${to('runs', task.runId)}?${new URLSearchParams({ step: task.state, path: task.path })}`}
          className="font-medium text-accent-text hover:underline"
        >
          R-{task.runRef}
        </Link>{' '}
        waits for has not been seen since <Moment at={trouble.sinceMs} />. It may be answered and charged there already.
      </p>
      <p className="mt-3 max-w-150 break-words font-medium">{trouble.message}</p>
      <p className="mt-3 max-w-150 text-fg-2">
        Mend what the message names, on the page{' '}
        <Link href={to('settings')} className="font-medium text-accent-text hover:underline">
          Settings
        </Link>{' '}
        or at the provider. It is looked at again every minute by itself, and given up 26 hours after it was made. The
        other steps of the batch wait with this one.
      </p>
    </div>
  );
}
