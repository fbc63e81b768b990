'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useIsLit, useLighting } from '#app/_canvas/lit.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import { ageLong, duration, integer } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { type Status, statusOfCounts, waitText } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import type { NodeStatus, RunDetail } from '#server/runs/types.ts';
import { stepCount } from '../deeds.ts';
import { faceOf, timelineKind } from '../node-face.ts';
import type { Axis } from './axis.ts';
import { Bars } from './bar-view.tsx';
import type { Bar } from './bars.ts';
import { factColumns, timelineColumns } from './columns.ts';
import { StepRows } from './step-rows.tsx';

type Props = {
  run: RunDetail;
  state: string;
  /** Where it stood at the checkpoint that is looked at; null: the present is. */
  past: { node: NodeStatus | undefined; ended: boolean } | null;
  bars: readonly Bar[];
  axis: Axis;
  now: number;
  unfolded: boolean;
  onUnfold: () => void;
  selected: { path: string } | null;
  onSelect: (state: string, path: string) => void;
};

/** One node of the timeline; where it ran several times its steps unfold below. */
export function StateRow({ run, state, past, bars, axis, now, unfolded, onUnfold, selected, onSelect }: Props) {
  const face = faceOf(run.graph, state);
  const lit = useIsLit(state);
  const lighting = useLighting(state);
  const node = run.nodes[state];
  const steps = stepCount(node);
  const Chevron = unfolded ? ChevronDown : ChevronRight;
  return (
    <>
      <div
        {...lighting}
        data-timeline={state}
        className={cn(
          timelineColumns,
          'relative h-6 text-12 max-phone:h-9',
          lit && 'bg-hover',
          selected && 'bg-accent-soft',
        )}
      >
        <span className="flex min-w-0 items-center gap-1 pr-2 pl-4 max-phone:pl-2">
          <button
            type="button"
            disabled={steps === 0}
            onClick={() => onSelect(state, node?.lastPath ?? '')}
            aria-pressed={selected !== null}
            className="flex min-w-0 items-center gap-1.5 rounded-chip text-left before:absolute before:inset-0 disabled:text-fg-3"
          >
            <CategoryTile category={face.category} icon={face.icon} size="xs" />
            <span className="truncate">{face.title}</span>
          </button>
          {steps > 1 && (
            <button
              type="button"
              onClick={onUnfold}
              aria-expanded={unfolded}
              aria-label={`${unfolded ? 'Fold' : 'Unfold'} the ${steps} steps of ${face.title}`}
              className="relative z-10 flex flex-none items-center rounded-chip text-11 text-fg-3 hover:bg-active"
            >
              <Chevron size={12} aria-hidden="true" />
              {integer(steps)}
            </button>
          )}
        </span>
        <span className="flex items-center border-l border-line">
          <Bars bars={bars} axis={axis} />
        </span>
        <StateFacts node={node} shown={past ?? { node, ended: run.endedAt !== null }} now={now} />
      </div>
      {unfolded && (
        <StepRows
          runId={run.id}
          state={state}
          kind={timelineKind(face)}
          axis={axis}
          now={now}
          selected={selected?.path ?? null}
          onSelect={onSelect}
        />
      )}
    </>
  );
}

type Shown = { node: NodeStatus | undefined; ended: boolean };

function StateFacts({ node, shown, now }: { node: NodeStatus | undefined; shown: Shown; now: number }) {
  const status = statusOfNode(shown.node, shown.ended);
  return (
    <span className={factColumns}>
      <StatusText status={status} detail={shown.node && detailOf(shown.node, status)} size={12} />
      <span className="text-right text-fg-2 max-phone:hidden">{node && timeText(node, now)}</span>
      <span className="text-right max-wide:hidden">{node && <Money micros={node.costMicros} look="statement" />}</span>
    </span>
  );
}

/** The time of all its steps; while some are open, the time since the first of them started. */
function timeText(node: NodeStatus, now: number): string {
  const open = node.running + node.waiting > 0;
  if (open && node.firstStartedAt !== null) return ageLong(now - node.firstStartedAt);
  return node.done + node.failed > 0 ? duration(node.workMs) : '';
}

/** A loop that waits for its items is at work. */
function statusOfNode(node: NodeStatus | undefined, ended: boolean): Status {
  const status = statusOfCounts(node, ended);
  return status === 'waiting' && ['items', 'passes'].includes(node?.waitingFor?.kind ?? '') ? 'running' : status;
}

function detailOf(node: NodeStatus, status: Status): string | null {
  if (node.map && status === 'running') return `${integer(node.map.finished)} of ${integer(node.map.total)}`;
  if (status === 'waiting') return node.waitingFor && waitText(node.waitingFor);
  if (status === 'failed') return node.failed > 1 ? integer(node.failed) : (node.failure?.code ?? null);
  return null;
}
