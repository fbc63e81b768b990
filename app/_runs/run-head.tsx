'use client';
import { CornerLeftUp, GitFork } from 'lucide-react';
import Link from 'next/link';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { StatusText } from '#app/_ui/status-icon.tsx';
import type { Lineage, RunDetail } from '#server/runs/types.ts';
import { RunActions } from './actions/run-actions.tsx';
import { faceOf } from './node-face.ts';
import { partText } from './part-text.ts';
import { runStatusOf } from './run-status.ts';
import { WhyPopover } from './why/why-popover.tsx';

type Props = { run: RunDetail; connected: boolean; travelling: boolean; onTravel: (on: boolean) => void };

/** Which run it is, where it comes from, how it stands, and what can be done with it. */
export function RunHead({ run, connected, travelling, onTravel }: Props) {
  const to = useTo();
  const projectId = useProjectId();
  const active = run.endedAt === null;
  const { status, detail } = runStatusOf(run);
  return (
    <header className="flex min-h-11 flex-none flex-wrap items-center gap-2 border-b border-line px-4 py-1 max-phone:min-h-13 max-phone:px-3">
      <nav aria-label="Breadcrumb" className="flex flex-none items-center gap-1.5">
        <Link href={to('runs')} className="text-fg-2 hover:underline">
          Runs
        </Link>
        <span className="text-fg-3">/</span>
        <h1 className="font-semibold">R-{run.ref}</h1>
      </nav>
      <StatusText status={status} detail={status === 'failed' ? null : detail} className="ml-2 text-12" />
      {run.mode === 'test' && <Badge tone="outline">{run.part ? `test, ${partText(run.part)}` : 'test'}</Badge>}
      <Origin lineage={run.lineage} />
      <div className="ml-auto flex items-center gap-2 max-phone:gap-1">
        {active && !connected && <span className="text-12 text-fg-3">connecting …</span>}
        {active && (
          <WhyPopover projectId={projectId} runId={run.id} titleOf={(state) => faceOf(run.graph, state).title} />
        )}
        <RunActions run={run} travelling={travelling} onTravel={onTravel} />
      </div>
    </header>
  );
}

/** Where a run comes from: the run that called it, or the one that it was forked from. */
function Origin({ lineage: { calledBy, forkedFrom } }: { lineage: Lineage }) {
  const to = useTo();
  const link = 'inline-flex items-center gap-1 text-12 text-fg-2 hover:underline';
  return (
    <>
      {calledBy && (
        <Link
          href={`${to('runs', calledBy.runId)}?${new URLSearchParams({ step: calledBy.state, path: calledBy.path })}`}
          className={link}
        >
          <CornerLeftUp size={12} aria-hidden="true" />
          called by R-{calledBy.ref}, {calledBy.pipelineName}
        </Link>
      )}
      {forkedFrom && (
        <Link href={`${to('runs', forkedFrom.runId)}?at=${forkedFrom.seq}`} className={link}>
          <GitFork size={12} aria-hidden="true" />
          from R-{forkedFrom.ref} at event {forkedFrom.seq}
        </Link>
      )}
    </>
  );
}
