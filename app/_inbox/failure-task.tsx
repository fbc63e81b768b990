'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { UndoPanel } from '#app/_runs/undo/undo-panel.tsx';
import { useProjectId } from '#app/_shell/project.ts';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { useKeys } from '#app/_ui/keys.ts';
import type { FailureChoice, FailureRequest, TaskView } from '#server/inbox/types.ts';
import { Failure, type FailurePlan } from './failure.tsx';
import { FailureBar } from './failure-bar.tsx';
import { blankOf } from './proposal/fields.ts';
import { ProvenancePanel } from './provenance-panel.tsx';
import type { Deciding } from './use-decide.ts';

type Props = { task: TaskView; request: FailureRequest; deciding: Deciding };

/** A task of the kind failure with its choices. Editing and skipping take two steps: what with, then the decision. */
export function FailureTask({ task, request, deciding }: Props) {
  const [plan, setPlan] = useState<FailurePlan>(null);
  const [asked, setAsked] = useState<'stop' | 'undo' | null>(null);
  const open = task.status === 'open';
  const choose = (choice: FailureChoice) => {
    switch (choice) {
      case 'retry':
        return deciding.resolve(task, { choice });
      case 'edit':
        if (plan?.kind === 'edit') return deciding.resolve(task, { choice, input: plan.input });
        return task.failed && setPlan({ kind: 'edit', input: task.failed.input });
      case 'skip':
        if (plan?.kind === 'skip') return deciding.resolve(task, { choice, value: plan.value });
        return task.failed && setPlan({ kind: 'skip', value: blankOf(task.failed.skip.type) });
      case 'stop':
      case 'undo':
        return setAsked(choice);
    }
  };
  const free = (choice: FailureChoice) => () => void (deciding.busy || choose(choice));
  useKeys({ r: free('retry'), e: free('edit'), s: free('skip'), x: free('stop'), u: free('undo') }, open);
  return (
    <>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_304px] overflow-hidden max-wide:block max-wide:overflow-y-auto">
        <Failure task={task} request={request} plan={plan} onPlan={setPlan} />
        <ProvenancePanel task={task} />
      </div>
      {open && <FailureBar task={task} plan={plan} busy={deciding.busy} onChoose={choose} />}
      <ConfirmDialog
        open={asked === 'stop'}
        onClose={() => setAsked(null)}
        onConfirm={() => deciding.resolve(task, { choice: 'stop' })}
        busy={deciding.busy}
        title="Stop here?"
        action="Stop"
      >
        The step stays failed, and R-{task.runRef} with it, unless it is one item of a loop that may fail.
      </ConfirmDialog>
      {asked === 'undo' && (
        <UndoOfTask
          task={task}
          onClose={() => {
            setAsked(null);
            deciding.settled(task);
          }}
        />
      )}
    </>
  );
}

function UndoOfTask({ task, onClose }: { task: TaskView; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const run = useQuery(trpc.runs.get.queryOptions({ projectId, runId: task.runId }));
  if (!run.data) return null;
  return (
    <UndoPanel
      run={run.data}
      wanted={{ kind: 'undo', task: { taskId: task.id, token: task.token } }}
      onClose={onClose}
    />
  );
}
