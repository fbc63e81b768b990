'use client';
import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { createLit, LitContext, usePointing } from '#app/_canvas/lit.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { cn } from '#app/_ui/cn.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { Skeleton, SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { telling } from './first-step.ts';
import { AskLineage, useLineageAt } from './lineage/lineage-at.ts';
import { RanVersion } from './ran-version.tsx';
import { RunDeeds } from './run-deeds.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunHead } from './run-head.tsx';
import { StepPanel } from './step-panel.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { Scrubber } from './travel/scrubber.tsx';
import { nodesAt } from './travel/state-at-nodes.ts';
import { StepAt } from './travel/step-at.tsx';
import { type Travel, useTravel } from './travel/use-travel.ts';
import { useRunLive } from './use-run-live.ts';

const FrozenCanvas = dynamic(() => import('#app/_canvas/frozen-canvas.tsx').then((module) => module.FrozenCanvas), {
  ssr: false,
  loading: () => <Skeleton className="m-3 h-[calc(100%-24px)]" />,
});

const LineagePanel = lazyPart(async () => (await import('./lineage/lineage-panel.tsx')).LineagePanel);
const KeepInSight = lazyPart(async () => (await import('./lineage/keep-in-sight.tsx')).KeepInSight);
const RunValues = lazyPart(async () => (await import('./run-values.tsx')).RunValues);

/** A run: the canvas of its own version as it went through it, its timeline, and any step of it. Live while it goes on. */
export function RunPage({ runId }: { runId: string }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const fetched = useQuery(trpc.runs.get.queryOptions({ projectId, runId }));
  const live = useRunLive(runId, fetched.data);
  if (fetched.isError && !fetched.data) return <QueryFailure error={fetched.error} onRetry={() => fetched.refetch()} />;
  if (!fetched.data) return <Loading />;
  const newer = live.run !== null && live.run.seq > fetched.data.seq ? live.run : null;
  const run: RunDetail = newer ? { ...fetched.data, ...newer.row, nodes: { ...newer.nodes } } : fetched.data;
  return <Loaded run={run} connected={live.connected} />;
}

function Loaded({ run, connected }: { run: RunDetail; connected: boolean }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const timeline = useQuery(trpc.runs.timeline.queryOptions({ projectId, runId: run.id }));
  const { at, select } = useSelectedStep(run);
  const travel = useTravel(run);
  const past = useMemo(() => (travel.state ? nodesAt(travel.state) : null), [travel.state]);
  const nodes = past ?? run.nodes;
  const lineage = useLineageAt();
  const [cameThrough, setCameThrough] = useState<ReadonlySet<string> | null>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const [lit] = useState(createLit);
  const pointing = usePointing(lit);
  const labels = useMemo(() => new Map(timeline.data?.rows.map(({ path, label }) => [path, label])), [timeline.data]);
  return (
    <LitContext value={lit}>
      <RunHead
        run={run}
        connected={connected}
        travelling={travel.on}
        onTravel={(on) => (on ? travel.enter() : travel.leave())}
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <RunFacts run={run} />
        <RunValues runId={run.id} active={run.endedAt === null} />
        <div
          className={cn(
            'grid flex-none grid-cols-[minmax(0,1fr)_344px] border-b border-line max-wide:h-auto max-wide:grid-cols-1',
            lineage.at ? 'h-[max(300px,58vh)] grid-cols-[minmax(0,1fr)_minmax(344px,36%)]' : 'h-75',
          )}
        >
          <div
            {...pointing}
            ref={canvas}
            tabIndex={-1}
            className={cn(
              'relative min-h-0 outline-offset-[-2px] transition-opacity max-wide:h-75',
              travel.stale && 'opacity-60',
            )}
          >
            <FrozenCanvas
              graph={run.graph}
              nodes={nodes}
              ended={past ? travel.state?.ended !== null : run.endedAt !== null}
              selected={at?.state ?? null}
              onSelect={(state) =>
                state === null ? select(null) : select({ state, path: nodes[state]?.lastPath ?? '' })
              }
            >
              <span className="absolute top-3 left-3 z-10 flex items-center gap-1 text-11 text-fg-3">
                <Lock size={12} aria-hidden="true" />
                <RanVersion run={run} />, {travel.on ? 'as it was' : 'as it ran'}
              </span>
              <KeepInSight open={lineage.at !== null} nodes={lineage.at ? cameThrough : null} />
            </FrozenCanvas>
          </div>
          {lineage.at ? (
            <LineagePanel
              run={run}
              at={lineage.at}
              canvas={canvas}
              onShown={setCameThrough}
              onClose={() => lineage.open(null)}
              onSelect={select}
            />
          ) : (
            <RunDeeds run={run} />
          )}
        </div>
        {travel.on && <Scrubber run={run} travel={travel} selected={at} labels={labels} />}
        {timeline.isError && !timeline.data && (
          <QueryFailure error={timeline.error} onRetry={() => timeline.refetch()} />
        )}
        {timeline.isPending && <SkeletonRows rows={6} rowClass="h-[22px]" />}
        {timeline.data && (
          <Timeline
            run={run}
            timeline={timeline.data}
            selected={at}
            past={past && travel.at ? { at: travel.at.at, nodes: past, ended: travel.state?.ended !== null } : null}
            onSelect={(state, path) => select({ state, path })}
          />
        )}
        {at && (
          <AskLineage value={lineage.open}>
            <StepPart run={run} travel={travel} at={at} labels={labels} onSelect={select} />
          </AskLineage>
        )}
      </div>
    </LitContext>
  );
}

type StepPartProps = {
  run: RunDetail;
  travel: Travel;
  at: Place;
  labels: ReadonlyMap<string, string>;
  onSelect: (at: Place | null) => void;
};

/** The step that is looked at: as it is, or as it was at the checkpoint. */
function StepPart({ run, travel, at, labels, onSelect }: StepPartProps) {
  const to = { onSelect: (state: string, path: string) => onSelect({ state, path }), onClose: () => onSelect(null) };
  if (!travel.on) return <StepPanel run={run} at={at} {...to} />;
  if (travel.state) return <StepAt run={run} state={travel.state} at={at} labels={labels} {...to} />;
  return travel.stateError === null ? (
    <SkeletonRows rows={4} rowClass="h-[22px]" />
  ) : (
    <QueryFailure error={travel.stateError} />
  );
}

type Place = { state: string; path: string };

/** The step that the address names; without one, the step that tells most; nothing once the operator closed it. */
function useSelectedStep(run: RunDetail): { at: Place | null; select: (at: Place | null) => void } {
  const search = useSearchParams();
  const state = search.get('step');
  const known = state !== null && run.nodes[state];
  const select = (at: Place | null) => {
    // The page is the same: nothing is asked of the server, so that what is pressed next is about this step already.
    const url = new URL(window.location.href);
    url.searchParams.set('step', at?.state ?? '');
    url.searchParams.delete('path');
    if (at !== null) url.searchParams.set('path', at.path);
    window.history.replaceState(null, '', url);
  };
  if (known) return { at: { state, path: search.get('path') ?? known.lastPath }, select };
  return { at: state === '' ? null : telling(run), select };
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the run">
      <div className="h-11 border-b border-line" />
      <div className="h-13 border-b border-line" />
      <Skeleton className="m-3 h-72" />
      <SkeletonRows rows={8} rowClass="h-[22px]" />
    </div>
  );
}
