'use client';
import { ExternalLink, History, Pause, Play, Square, X } from 'lucide-react';
import Link from 'next/link';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import type { LiveRun } from '#app/_canvas/run-state.ts';
import { faceOf } from '#app/_runs/node-face.ts';
import { versionText } from '#app/_runs/part-text.ts';
import { runStatusOf } from '#app/_runs/run-status.ts';
import { WhyPopover } from '#app/_runs/why/why-popover.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Money } from '#app/_ui/money.tsx';
import { statusWord } from '#app/_ui/status.ts';
import { StatusIcon, statusText } from '#app/_ui/status-icon.tsx';
import { Duration } from '#app/_ui/time.tsx';
import type { LiveRunsState } from '../live/live-runs.ts';
import { RunsMenu } from '../running/runs-menu.tsx';
import { useGraph, useLive, useSession } from '../session/context.ts';
import { travelThrough } from '../travel/travel.ts';

/** The run on the canvas: which, of which version, what it spent, how long it goes, and how to stop it. */
export function RunPill() {
  const session = useSession();
  const known = useLive((live) => live.runs.size);
  const row = useLive((live) => chosenIn(live)?.row);
  const waits = useLive((live) => waitsOf(chosenIn(live)));
  const client = useTRPCClient();
  const graph = useGraph((whole) => whole);
  if (!row) return known > 0 ? <RunsMenu chosen={null} /> : null;
  const { status, detail } = runStatusOf({ ...row, waitingFor: waits === '' ? [] : waits.split(' ') });
  const words = `${statusWord(status)}${detail ? ` · ${detail}` : ''}`;
  const stop = () =>
    client.runs.cancel.mutate({ projectId: session.projectId, runId: row.id }).catch(sayFailure('Run not stopped'));
  const ids = { projectId: session.projectId, runId: row.id };
  const turn = () =>
    row.pausedAt === null
      ? client.runs.pause.mutate(ids).catch(sayFailure('Run not paused'))
      : client.runs.unpause.mutate(ids).catch(sayFailure('Run not resumed'));
  return (
    <section
      className="sg-float sg-run whitespace-nowrap"
      aria-label={`Run R-${row.ref}`}
      data-run={row.id}
      data-run-status={row.status}
    >
      <StatusIcon status={status} />
      <span className="sr-only" role="status">
        {`Run R-${row.ref}: ${words}`}
      </span>
      <RunsMenu chosen={row} />
      <span className="max-w-44 truncate text-fg-3" title={versionText(row)}>
        {versionText(row)}
      </span>
      <i aria-hidden="true" />
      <span className={cn('sg-run-word', statusText[status])}>{words}</span>
      <i aria-hidden="true" />
      <Money micros={row.spendMicros} />
      <i aria-hidden="true" />
      <Duration startedAt={row.startedAt ?? row.createdAt} endedAt={row.endedAt} />
      <span className="flex">
        <Button asChild variant="ghost" size="sm" shape="icon">
          <Link href={`/p/${session.projectId}/runs/${row.id}`} aria-label="Open the run" title="Open the run">
            <ExternalLink size={13} />
          </Link>
        </Button>
        {row.endedAt !== null ? (
          <>
            <IconButton label="Step through the run" keys="⇧T" size="sm" onClick={() => travelThrough(session)}>
              <History size={13} />
            </IconButton>
            <IconButton label="Hide the run" size="sm" onClick={() => session.live.choose(null)}>
              <X size={14} />
            </IconButton>
          </>
        ) : (
          <>
            <WhyPopover
              compact
              projectId={session.projectId}
              runId={row.id}
              titleOf={(state) => faceOf(graph, state).title}
            />
            <IconButton label={row.pausedAt === null ? 'Pause the run' : 'Resume the run'} size="sm" onClick={turn}>
              {row.pausedAt === null ? <Pause size={13} /> : <Play size={13} />}
            </IconButton>
            <IconButton label="Stop the run" size="sm" onClick={stop}>
              <Square size={13} />
            </IconButton>
          </>
        )}
      </span>
    </section>
  );
}

function chosenIn({ chosen, runs }: LiveRunsState): LiveRun | undefined {
  return chosen === null ? undefined : runs.get(chosen);
}

/** Kinds of what its nodes wait for, as the events told it, in one string; a loop that waits for its items is at work. */
function waitsOf(run: LiveRun | undefined): string {
  const kinds = Object.values(run?.nodes ?? {}).flatMap(({ waitingFor }) => (waitingFor ? [waitingFor.kind] : []));
  return [...new Set(kinds)].filter((kind) => kind !== 'items' && kind !== 'passes').join(' ');
}
