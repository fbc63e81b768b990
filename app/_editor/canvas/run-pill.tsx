'use client';
import { ChevronDown, ExternalLink, Pause, Play, Square, X } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import type { LiveRun } from '#app/_canvas/run-state.ts';
import { faceOf } from '#app/_runs/node-face.ts';
import { runStatusOf } from '#app/_runs/run-status.ts';
import { WhyPopover } from '#app/_runs/why/why-popover.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Menu, MenuItem, MenuLabel } from '#app/_ui/menu.tsx';
import { Money } from '#app/_ui/money.tsx';
import { statusWord, toStatus } from '#app/_ui/status.ts';
import { StatusIcon, statusText } from '#app/_ui/status-icon.tsx';
import { Duration } from '#app/_ui/time.tsx';
import { isOver } from '../live/live-runs.ts';
import { useGraph, useLive, useSession } from '../session/context.ts';

/** The run on the canvas: which, of which version, what it spent, how long it goes, and how to stop it. */
export function RunPill() {
  const session = useSession();
  const runs = useLive((live) => live.runs);
  const chosen = useLive((live) => (live.chosen === null ? undefined : live.runs.get(live.chosen)));
  const client = useTRPCClient();
  const graph = useGraph((whole) => whole);
  const others = useMemo(() => [...runs.values()].sort((a, b) => b.row.ref - a.row.ref), [runs]);
  if (!chosen) return others.length > 0 ? <ChooseRun runs={others} chosen={null} /> : null;
  const { row } = chosen;
  const { status, detail } = runStatusOf({ ...row, waitingFor: waitsOf(chosen) });
  const words = `${statusWord(status)}${detail ? ` · ${detail}` : ''}`;
  const stop = () =>
    client.runs.cancel.mutate({ projectId: session.projectId, runId: row.id }).catch(sayFailure('Run not stopped'));
  const ids = { projectId: session.projectId, runId: row.id };
  const turn = () =>
    row.pausedAt === null
      ? client.runs.pause.mutate(ids).catch(sayFailure('Run not paused'))
      : client.runs.unpause.mutate(ids).catch(sayFailure('Run not resumed'));
  return (
    <section className="sg-float sg-run" aria-label={`Run R-${row.ref}`} data-run={row.id} data-run-status={row.status}>
      <StatusIcon status={status} />
      <span className="sr-only" role="status">
        {`Run R-${row.ref}: ${words}`}
      </span>
      <ChooseRun runs={others} chosen={chosen} />
      <span className="text-fg-3">{versionOf(chosen)}</span>
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
        {isOver(chosen) ? (
          <IconButton label="Hide the run" size="sm" onClick={() => session.live.choose(null)}>
            <X size={14} />
          </IconButton>
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

function ChooseRun({ runs, chosen }: { runs: LiveRun[]; chosen: LiveRun | null }) {
  const session = useSession();
  if (chosen && runs.length < 2) return <b>R-{chosen.row.ref}</b>;
  const trigger = (
    <button type="button" className={chosen ? 'flex items-center gap-1 rounded-chip' : 'sg-float sg-run'}>
      <b>{chosen ? `R-${chosen.row.ref}` : 'Show a run'}</b>
      <ChevronDown size={12} className="text-fg-3" aria-hidden="true" />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuLabel>Runs of this pipeline</MenuLabel>
      {runs.slice(0, 12).map((run) => (
        <MenuItem
          key={run.row.id}
          icon={<StatusIcon status={toStatus(run.row.status)} />}
          onSelect={() => session.live.choose(run.row.id)}
        >
          R-{run.row.ref} {versionOf(run)}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** What its nodes wait for, as the events told it; a loop that waits for its items is at work. */
function waitsOf({ nodes }: LiveRun): string[] {
  const kinds = Object.values(nodes).flatMap(({ waitingFor }) => (waitingFor ? [waitingFor.kind] : []));
  return [...new Set(kinds)].filter((kind) => kind !== 'items' && kind !== 'passes');
}

function versionOf({ row }: LiveRun): string {
  return row.version === null ? 'draft' : `v${row.version}`;
}
