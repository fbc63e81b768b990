'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { StatusText } from '#app/_ui/status-icon.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import type { UndoPlan, UndoStatus } from '#server/undo/types.ts';
import { UndoFacts } from './undo-facts.tsx';
import { PlanList, ProgressList } from './undo-list.tsx';
import { progressText, resultText, undoAction } from './undo-words.ts';

/** `rewind`: the run goes on afterwards from the checkpoint after that event. `task`: the failure that this decides. */
export type UndoWanted =
  | { kind: 'undo'; task?: { taskId: string; token: string } }
  | { kind: 'rewind'; seq: number; after: string };

const everyMs = 700;
/** A panel at the right, the whole screen on a phone. */
const side = [
  'top-0 right-0 left-auto h-dvh max-h-dvh w-[min(440px,100vw)] translate-x-0 rounded-none border-y-0 border-r-0',
  'max-phone:top-0 max-phone:max-h-dvh max-phone:border-l-0',
].join(' ');

/** "Undo this run": the plan, newest first; then how far it is; then what it came to. Closing it stops nothing. */
export function UndoPanel({ run, wanted, onClose }: { run: RunDetail; wanted: UndoWanted; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  /** The undo that is shown; `latest`: the one that was asked for before. Null: the plan is. */
  const [shown, setShown] = useState<string | null>(run.undo !== null && wanted.kind === 'undo' ? 'latest' : null);
  const status = useQuery(
    trpc.runs.undoStatus.queryOptions(
      { projectId, runId: run.id },
      {
        enabled: shown !== null,
        refetchInterval: ({ state }) => (state.data && state.data.status !== 'running' ? false : everyMs),
      },
    ),
  );
  if (shown === null) return <Plan run={run} wanted={wanted} onClose={onClose} onBegun={setShown} />;
  const told = status.data && (shown === 'latest' || status.data.undoId === shown) ? status.data : null;
  return <Progress run={run} status={told} error={status.error} onClose={onClose} onPlanAgain={() => setShown(null)} />;
}

type PlanProps = { run: RunDetail; wanted: UndoWanted; onClose: () => void; onBegun: (undoId: string) => void };

function Plan({ run, wanted, onClose, onBegun }: PlanProps) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const toSeq = wanted.kind === 'rewind' ? wanted.seq : 0;
  const ids = { projectId, runId: run.id };
  const plan = useQuery(trpc.runs.undoPlan.queryOptions({ ...ids, toSeq }, { staleTime: 0, gcTime: 0 }));
  const { start, busy } = useStart(run.id, wanted, onBegun);
  const action = plan.data ? undoAction(plan.data, wanted.kind === 'undo' ? 'Undo' : 'Rewind') : null;
  return (
    <Dialog
      open
      onClose={onClose}
      className={side}
      title={wanted.kind === 'undo' ? `Undo R-${run.ref}` : `Rewind R-${run.ref}`}
      description={
        wanted.kind === 'undo'
          ? 'Newest first. Nothing has happened yet.'
          : `To after ${wanted.after}. What came later is undone, newest first; then the run goes on from there.`
      }
      footer={
        <>
          <Button size="lg" keys="Esc" onClick={onClose}>
            Cancel
          </Button>
          {action && (
            <Button variant="primary" size="lg" icon={<Undo2 size={16} />} busy={busy} onClick={start}>
              {action}
            </Button>
          )}
        </>
      }
    >
      {plan.isPending && <SkeletonRows rows={5} rowClass="h-14" />}
      {plan.isError && <QueryFailure error={plan.error} onRetry={() => plan.refetch()} className="mx-0" />}
      {plan.data && <PlanBody run={run} plan={plan.data} rewinds={wanted.kind === 'rewind'} />}
    </Dialog>
  );
}

/** Begins what is wanted, and says which undo it became. */
function useStart(runId: string, wanted: UndoWanted, onBegun: (undoId: string) => void) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const done = {
    onSuccess: ({ undoId }: { undoId: string | null }) => {
      for (const filter of [trpc.runs.pathFilter(), trpc.inbox.pathFilter()])
        void queryClient.invalidateQueries(filter);
      onBegun(undoId ?? 'latest');
    },
    onError: sayFailure(wanted.kind === 'undo' ? 'Not undone' : 'Not rewound'),
  };
  const undo = useMutation(trpc.runs.undo.mutationOptions(done));
  const rewind = useMutation(trpc.runs.rewind.mutationOptions(done));
  const resolve = useMutation(trpc.inbox.resolve.mutationOptions(done));
  const start = () => {
    if (wanted.kind === 'rewind') rewind.mutate({ projectId, runId, seq: wanted.seq });
    else if (wanted.task) resolve.mutate({ projectId, ...wanted.task, choice: 'undo' });
    else undo.mutate({ projectId, runId });
  };
  return { start, busy: undo.isPending || rewind.isPending || resolve.isPending };
}

function PlanBody({ run, plan, rewinds }: { run: RunDetail; plan: UndoPlan; rewinds: boolean }) {
  return (
    <>
      {plan.items.length === 0 ? (
        <EmptyState icon={Undo2} title={plan.alreadyUndone > 0 ? 'Everything is undone' : 'Nothing to undo'}>
          {rewinds
            ? 'Nothing outside was changed after this point. The run goes on from there.'
            : 'This run changed nothing outside Solograph that is still there.'}
        </EmptyState>
      ) : (
        <PlanList runId={run.id} graph={run.graph} items={plan.items} />
      )}
      <UndoFacts plan={plan} />
    </>
  );
}

type ProgressProps = {
  run: RunDetail;
  status: UndoStatus | null;
  error: unknown;
  onClose: () => void;
  onPlanAgain: () => void;
};

function Progress({ run, status, error, onClose, onPlanAgain }: ProgressProps) {
  const over = status !== null && status.status !== 'running';
  return (
    <Dialog
      open
      onClose={onClose}
      className={side}
      title={titleOf(run, status)}
      description={over ? undefined : 'It goes on if you close this.'}
      footer={
        <>
          {status?.status === 'partly' && status.kind === 'undo' && (
            <Button size="lg" onClick={onPlanAgain}>
              Try what is left
            </Button>
          )}
          <Button variant={over ? 'primary' : 'default'} size="lg" onClick={onClose}>
            {over ? 'Close' : 'Go on in the background'}
          </Button>
        </>
      }
    >
      {status === null && error !== null && <QueryFailure error={error} className="mx-0" />}
      {status === null && error === null && <SkeletonRows rows={5} rowClass="h-14" />}
      {status && (
        <>
          <p role="status" className="mb-2 flex items-center gap-2 text-12">
            {over ? (
              <>
                <CircleCheck size={14} className="flex-none text-st-undone" aria-hidden="true" />
                {resultText(status)}
              </>
            ) : (
              <StatusText status="running" detail={progressText(status)} />
            )}
          </p>
          <ProgressList runId={run.id} graph={run.graph} items={status.items} />
        </>
      )}
    </Dialog>
  );
}

function titleOf(run: RunDetail, status: UndoStatus | null): string {
  const rewinds = status?.kind === 'rewind';
  if (status === null || status.status === 'running') return `${rewinds ? 'Rewinding' : 'Undoing'} R-${run.ref}`;
  return `R-${run.ref} ${rewinds ? 'rewound' : 'undone'}${status.status === 'partly' ? ' in part' : ''}`;
}
