'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import { useTRPC } from '#app/_api/trpc.ts';
import type { LiveRun } from '#app/_canvas/run-state.ts';
import { versionText } from '#app/_runs/part-text.ts';
import { runStatusOf } from '#app/_runs/run-status.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#app/_ui/menu.tsx';
import { Money } from '#app/_ui/money.tsx';
import { statusWord } from '#app/_ui/status.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { Ago } from '#app/_ui/time.tsx';
import type { RunRow } from '#server/runs/types.ts';
import { isOver } from '../live/live-runs.ts';
import { useGraph, useLive, useSession } from '../session/context.ts';
import { titleIn } from './parts.ts';

const mostListed = 20;

/** Which run the canvas shows: the live and the recent ones of the pipeline, and whether a newer one takes its place. */
export function RunsMenu({ chosen }: { chosen: RunRow | null }) {
  const live = useLive(({ runs }) => [...runs.values()].filter((run) => !isOver(run)).length);
  const trigger = (
    <button
      type="button"
      className={chosen ? 'flex flex-none items-center gap-1 rounded-chip' : 'sg-float sg-run'}
      aria-label={`${chosen ? `R-${chosen.ref}, choose another run` : 'Show a run'}, ${live} live`}
    >
      <b>{chosen ? `R-${chosen.ref}` : 'Show a run'}</b>
      {live > (chosen?.endedAt === null ? 1 : 0) && (
        <span className="rounded-full bg-st-running-soft px-1.5 text-11 leading-4 font-medium text-st-running">
          {live} live
        </span>
      )}
      <ChevronDown size={12} className="text-fg-3" aria-hidden="true" />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <Runs chosen={chosen?.id ?? null} />
    </Menu>
  );
}

function Runs({ chosen }: { chosen: string | null }) {
  const session = useSession();
  const trpc = useTRPC();
  const { projectId, pipelineId } = session;
  const known = useLive(({ runs }) => runs);
  const follow = useLive((live) => live.follow);
  const recent = useQuery(trpc.runs.list.queryOptions({ projectId, pipelineId, limit: mostListed }, { staleTime: 0 }));
  const rows = rowsOf(recent.data?.items ?? [], known);
  const live = rows.filter(({ endedAt }) => endedAt === null);
  const over = rows.filter(({ endedAt }) => endedAt !== null);
  const choose = (runId: string) => {
    session.live.follow(false);
    session.live.choose(runId);
    session.ui.setState(({ overlays }) => ({ overlays: { ...overlays, live: true }, travel: null }));
  };
  return (
    <>
      <MenuItem icon={follow ? <Check size={14} /> : null} onSelect={() => session.live.follow(!follow)}>
        Follow the newest{follow ? '' : ' (off)'}
      </MenuItem>
      <MenuSeparator />
      {live.length > 0 && <MenuLabel>Live, {live.length}</MenuLabel>}
      {live.map((row) => (
        <Item key={row.id} row={row} chosen={row.id === chosen} onChoose={() => choose(row.id)} />
      ))}
      {over.length > 0 && <MenuLabel>Recent</MenuLabel>}
      {over.map((row) => (
        <Item key={row.id} row={row} chosen={row.id === chosen} onChoose={() => choose(row.id)} />
      ))}
      {rows.length === 0 && <MenuLabel>{recent.isPending ? 'Loading …' : 'No run yet. Press Run.'}</MenuLabel>}
    </>
  );
}

/** What the server lists, as the stream knows it by now, and what has started since. */
function rowsOf(listed: RunRow[], known: ReadonlyMap<string, LiveRun>): RunRow[] {
  const rows = new Map(listed.map((row) => [row.id, row]));
  for (const { row } of known.values()) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => b.ref - a.ref).slice(0, mostListed);
}

function Item({ row, chosen, onChoose }: { row: RunRow; chosen: boolean; onChoose: () => void }) {
  const graph = useGraph((whole) => whole);
  const { status, detail } = runStatusOf(row);
  return (
    <MenuItem icon={<StatusIcon status={status} />} onSelect={onChoose}>
      <span className="flex min-w-96 items-center gap-2 text-12 tabular-nums max-phone:min-w-0">
        <b className={chosen ? 'text-accent-text' : ''}>R-{row.ref}</b>
        <span className="min-w-0 flex-1 truncate text-fg-2">
          {versionText(row)}
          <span className="text-fg-3">
            {' '}
            · {titleIn(graph, row.trigger)} · {statusWord(status)}
            {detail ? ` · ${detail}` : ''}
          </span>
        </span>
        <Money micros={row.spendMicros} />
        <span className="w-14 text-right text-fg-3">
          <Ago at={row.createdAt} />
        </span>
      </span>
    </MenuItem>
  );
}
