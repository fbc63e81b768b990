'use client';
import { useQuery } from '@tanstack/react-query';
import { ListEnd, StepForward } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { plural } from '#app/_ui/format.ts';
import type { FromPlan } from '#server/travel/types.ts';
import { useGraph, useSession } from '../session/context.ts';
import { useLookedAt } from '../session/use-looked-at.ts';
import { titleIn } from './parts.ts';
import { useSaved } from './use-saved.ts';
import { useStart } from './use-start.ts';
import { WritesNotice } from './writes-notice.tsx';

type Props = { nodeId: string; onClose: () => void };
type At = { runId: string; path: string };

/** Goes on with the draft from a node of the run on the canvas. At once where nothing is to be said first. */
export function RunFromDialog({ nodeId, onClose }: Props) {
  const trpc = useTRPC();
  const session = useSession();
  const saved = useSaved();
  const at = useLookedAt(nodeId);
  const title = useGraph((graph) => titleIn(graph, nodeId));
  const plan = useQuery(
    trpc.runs.planFrom.queryOptions(
      { projectId: session.projectId, runId: at?.runId ?? '1', nodeId, path: at?.path ?? '' },
      { enabled: saved.done && at !== null, staleTime: 0, gcTime: 0, retry: false },
    ),
  );
  const until = () => session.ui.setState({ dialog: { kind: 'run', source: 'draft', until: nodeId } });
  const refused = at === null ? 'No run is on the canvas to go on from.' : saved.failure;
  if (refused !== null || plan.isError || plan.data?.ok === false)
    return (
      <Dialog
        open
        onClose={onClose}
        title={`Not run from ${title}`}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button icon={<ListEnd size={14} />} onClick={until}>
              Run until here instead
            </Button>
          </>
        }
      >
        {refused !== null && <p role="alert">{refused}</p>}
        {refused === null && plan.isError && <QueryFailure error={plan.error} className="m-0" />}
        {plan.data?.ok === false && <Problems plan={plan.data} />}
      </Dialog>
    );
  if (!plan.data || at === null) return null;
  return <Planned plan={plan.data} at={at} nodeId={nodeId} title={title} onClose={onClose} />;
}

function Problems({ plan }: { plan: FromPlan }) {
  const graph = useGraph((whole) => whole);
  return (
    <div role="alert" className="grid gap-1 text-12">
      <p className="font-medium text-st-failed">The draft cannot go on where R-{plan.ref} was.</p>
      <ul className="list-disc pl-4">
        {plan.problems.map(({ state, message }) => (
          <li key={`${state} ${message}`}>
            <b className="font-medium">{titleIn(graph, state)}</b>: {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

type PlannedProps = { plan: FromPlan; at: At; nodeId: string; title: string; onClose: () => void };

function Planned({ plan, at, nodeId, title, onClose }: PlannedProps) {
  const { start, busy, failure } = useStart({ draft: true, onStarted: onClose });
  const run = () =>
    start((client, { projectId, requestKey }) =>
      client.runs.forkFrom.mutate({ projectId, requestKey, runId: at.runId, nodeId, path: at.path }),
    );
  const atOnce = plan.writes.length === 0;
  const begun = useRef(false);
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    void run();
  });
  if (atOnce && failure === null) return null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Run from ${title}`}
      description={`A test run of the draft takes over ${plural(plan.inherited, 'finished step')} of R-${plan.ref} and goes on from here. None of those happens or is paid for again.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon={<StepForward size={14} />} busy={busy} onClick={run} autoFocus>
            Run from here
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-3">
        <WritesNotice nodes={plan.writes} />
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}
