'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { useKeys } from '#app/_ui/keys.ts';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { JsonObject } from '#nodes/core/json.ts';
import type {
  BatchRequest,
  BudgetRequest,
  FailureRequest,
  ReviewRequest,
  StoredRequest,
  TaskView,
} from '#server/inbox/types.ts';
import { Approval, type ApprovalEditing } from './approval.tsx';
import { BatchTask } from './batch-task.tsx';
import { BudgetTask } from './budget-task.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { DidItHappen } from './did-it-happen.tsx';
import { FailureTask } from './failure-task.tsx';
import { ProvenancePanel } from './provenance-panel.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { ReviewTask } from './review-task.tsx';
import { TaskBar } from './task-head.tsx';
import type { Deciding } from './use-decide.ts';

type Props = { position: string | null; deciding: Deciding; onMove: (step: 1 | -1) => void };

/** One task: what is proposed, what follows, why it waits, and the decision. */
export function TaskDetail({ taskId, ...rest }: { taskId: string } & Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const task = useQuery(trpc.inbox.get.queryOptions({ projectId, taskId }));
  if (task.isError && !task.data) return <QueryFailure error={task.error} onRetry={() => task.refetch()} />;
  if (!task.data) return <Loading />;
  return <Loaded key={task.data.id} task={task.data} {...rest} />;
}

/** What is asked decides what is shown and what can be chosen. */
function Loaded({ task, position, deciding, onMove }: { task: TaskView } & Props) {
  const { request } = task;
  return (
    <>
      <TaskBar task={task} position={position} onMove={onMove} />
      {request.kind === 'failure' ? (
        <FailureTask task={task} request={request} deciding={deciding} />
      ) : request.kind === 'budget' ? (
        <BudgetTask task={task} request={request} deciding={deciding} />
      ) : request.kind === 'batch' ? (
        <BatchTask task={task} request={request} deciding={deciding} />
      ) : request.kind === 'review' ? (
        <ReviewTask task={task} request={request} deciding={deciding} />
      ) : (
        <Asked task={task} request={request} deciding={deciding} />
      )}
    </>
  );
}

type AskedProps = {
  task: TaskView;
  request: Exclude<StoredRequest, FailureRequest | ReviewRequest | BudgetRequest | BatchRequest>;
  deciding: Deciding;
};

/** An approval, or "did this happen?". */
function Asked({ task, request, deciding }: AskedProps) {
  const [edited, setEdited] = useState<JsonObject | null>(null);
  const [editing, setEditing] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const open = task.status === 'open';
  const editable = open && request.kind === 'approval' && request.editable;
  const approve = () => deciding.approve(task, edited);
  useKeys(
    {
      a: () => !deciding.busy && approve(),
      e: () => editable && setEditing(true),
      r: () => setRejecting(true),
    },
    open && request.kind === 'approval' && !rejecting,
  );
  const edit: ApprovalEditing = { edited, editing, onEdit: setEdited, onEditing: setEditing };
  return (
    <>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_304px] overflow-hidden max-wide:block max-wide:overflow-y-auto">
        {request.kind === 'approval' ? (
          <Approval task={task} request={request} {...edit} />
        ) : (
          request.kind === 'decision' && <DidItHappen task={task} request={request} />
        )}
        <ProvenancePanel task={task} />
      </div>
      {open && (
        <DecisionBar
          task={task}
          deciding={deciding}
          edited={edited !== null}
          onApprove={approve}
          onEdit={editable ? () => setEditing(true) : null}
          onReject={() => setRejecting(true)}
        />
      )}
      {rejecting && (
        <RejectDialog
          subject={task.subject || task.title}
          busy={deciding.busy}
          onClose={() => setRejecting(false)}
          onReject={(reason) => deciding.reject(task, reason)}
        />
      )}
    </>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the task" className="grid gap-3 px-6 pt-16">
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="w-1/3" />
      <Skeleton className="mt-6 h-64 w-full" />
    </div>
  );
}
