'use client';
import { useQuery } from '@tanstack/react-query';
import { ListEnd, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import type { OnePlan, PartValue } from '#server/runs/part/types.ts';
import { useGraph, useSession } from '../session/context.ts';
import { useLookedAt } from '../session/use-looked-at.ts';
import { MissingValues } from './missing-values.tsx';
import { titleIn } from './parts.ts';
import { useSaved } from './use-saved.ts';
import { useStart } from './use-start.ts';
import { WritesNotice } from './writes-notice.tsx';

type Props = { nodeId: string; onClose: () => void };

/** Runs one node with what comes before it taken from a run. At once where nothing is to be asked or said first. */
export function RunOneDialog({ nodeId, onClose }: Props) {
  const session = useSession();
  const trpc = useTRPC();
  const saved = useSaved();
  const looked = useLookedAt(nodeId);
  const { projectId, pipelineId } = session;
  const at = { runId: looked?.runId ?? null, path: looked?.path ?? null };
  const plan = useQuery(
    trpc.runs.planOne.queryOptions(
      { projectId, pipelineId, nodeId, ...at, values: [] },
      { enabled: saved.done, staleTime: 0, gcTime: 0, retry: false },
    ),
  );
  const title = useGraph((graph) => titleIn(graph, nodeId));
  const problem = saved.failure ?? (plan.isError ? plan.error : null);
  if (problem !== null)
    return (
      <Dialog open onClose={onClose} title={`Not run: ${title}`}>
        {typeof problem === 'string' ? <p role="alert">{problem}</p> : <QueryFailure error={problem} className="m-0" />}
      </Dialog>
    );
  if (!plan.data) return null;
  return <Planned plan={plan.data} at={at} title={title} onClose={onClose} />;
}

type PlannedProps = {
  plan: OnePlan;
  at: { runId: string | null; path: string | null };
  title: string;
  onClose: () => void;
};

function Planned({ plan, at, title, onClose }: PlannedProps) {
  const session = useSession();
  const [values, setValues] = useState<PartValue[]>(() => plan.missing.flatMap(firstValue));
  const { start, busy, failure } = useStart({ draft: true, onStarted: onClose });
  const run = () => start((client, ids) => client.runs.startOne.mutate({ ...ids, nodeId: plan.nodeId, ...at, values }));
  const atOnce = plan.missing.length === 0 && plan.writes.length === 0;
  const begun = useRef(false);
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    void run();
  });
  if (atOnce && failure === null) return null;
  const until = () => session.ui.setState({ dialog: { kind: 'run', source: 'draft', until: plan.nodeId } });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Run ${title} alone`}
      description={<Source plan={plan} />}
      className="w-[min(560px,calc(100vw-24px))]"
      footer={
        <>
          {plan.missing.length > 0 && (
            <Button icon={<ListEnd size={14} />} onClick={until} className="mr-auto">
              Run until here instead
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon={<Play size={14} />} busy={busy} onClick={run} autoFocus>
            Run this node
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-3">
        <WritesNotice nodes={plan.writes} asks={plan.asks} />
        {plan.missing.length > 0 && <MissingValues missing={plan.missing} values={values} onChange={setValues} />}
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Source({ plan }: { plan: OnePlan }) {
  const graph = useGraph((whole) => whole);
  const taken = plan.run ? ` as they gave it in R-${plan.run.ref}` : '';
  const pinned = plan.pinned.map((id) => titleIn(graph, id)).join(', ');
  return (
    <>
      {plan.missing.length > 0
        ? 'It is not known what these nodes before it give. Say it here, or run until here.'
        : `What comes before it is taken${taken}, and does not run again.`}
      {pinned !== '' && ` Pinned: ${pinned}.`}
    </>
  );
}

function firstValue({ nodeId, outcomes }: OnePlan['missing'][number]): PartValue[] {
  const [first] = outcomes;
  return first ? [{ nodeId, outcome: first.name, output: first.sample }] : [];
}
