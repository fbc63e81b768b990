'use client';
import { useState } from 'react';
import { age, duration } from '#app/_ui/format.ts';
import { useNow } from '#app/_ui/now.ts';
import type { NodeStatus, RunDetail, Timeline as TimelineData } from '#server/runs/types.ts';
import { faceOf, timelineKind } from '../node-face.ts';
import { type Axis, axisOf, placeOf } from './axis.ts';
import { type Bar, barsOf, mergeBars } from './bars.ts';
import { factColumns, timelineColumns } from './columns.ts';
import { StateRow } from './state-row.tsx';

type Props = {
  run: RunDetail;
  timeline: TimelineData;
  selected: { state: string; path: string } | null;
  /** The checkpoint that is looked at, and where the nodes stood there; null: the present. */
  past?: { at: number; nodes: Readonly<Record<string, NodeStatus>>; ended: boolean } | null;
  onSelect: (state: string, path: string) => void;
};

/** When each node worked and waited: one row per node, its iterations folded into it and to be unfolded. */
export function Timeline({ run, timeline, selected, past = null, onSelect }: Props) {
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const now = useNow(run.endedAt === null ? 1_000 : 3_600_000);
  const started = run.startedAt ?? run.createdAt;
  const whole = { from: started, to: Math.max(run.endedAt ?? now, started) };
  const bars = barsByState(run, timeline, whole.to);
  const busy = [...bars.values()]
    .flat()
    .filter((bar) => bar.kind !== 'waiting' && bar.kind !== 'backoff' && bar.kind !== 'items');
  const axis = axisOf(busy, whole, duration);
  const gapMs = (whole.to - whole.from) / 300;
  return (
    <section aria-label="Timeline" className="flex-none border-b border-line">
      <Head axis={axis} />
      <div className="relative pb-1.5">
        <Grid axis={axis} mark={past?.at ?? null} />
        {statesInOrder(run).map((state) => (
          <StateRow
            key={state}
            run={run}
            past={past && { node: past.nodes[state], ended: past.ended }}
            state={state}
            bars={mergeBars(bars.get(state) ?? [], gapMs)}
            axis={axis}
            now={whole.to}
            unfolded={unfolded === state}
            onUnfold={() => setUnfolded(unfolded === state ? null : state)}
            selected={selected?.state === state ? selected : null}
            onSelect={onSelect}
          />
        ))}
      </div>
    </section>
  );
}

function barsByState(run: RunDetail, timeline: TimelineData, now: number): Map<string, Bar[]> {
  const byState = new Map<string, Bar[]>();
  for (const row of timeline.rows) {
    const bars = barsOf(row, timelineKind(faceOf(run.graph, row.state)), now);
    byState.set(row.state, [...(byState.get(row.state) ?? []), ...bars]);
  }
  for (const { state } of timeline.rest) {
    const node = run.nodes[state];
    if (!node || node.firstStartedAt === null) continue;
    const open = node.ready + node.running + node.waiting > 0;
    const span: Bar = {
      kind: 'items',
      from: node.firstStartedAt,
      to: open ? now : (node.lastEndedAt ?? now),
      attempt: null,
    };
    byState.set(state, [span, ...(byState.get(state) ?? [])]);
  }
  return byState;
}

/** Nodes as they first started; those that were not reached stand last, in the order of the graph. */
function statesInOrder(run: RunDetail): string[] {
  const startOf = (id: string) => run.nodes[id]?.firstStartedAt ?? Number.POSITIVE_INFINITY;
  return run.graph.nodes
    .map((node) => node.id)
    .toSorted((a, b) => (startOf(a) === startOf(b) ? 0 : startOf(a) - startOf(b)));
}

function Head({ axis }: { axis: Axis }) {
  return (
    <div className={`${timelineColumns} h-7 text-11 leading-7 text-fg-3`}>
      <b className="px-4 text-12 leading-7 text-fg max-phone:px-2">Timeline</b>
      <span className="relative overflow-hidden border-l border-line">
        {axis.ticks.map((tick) => (
          <span
            key={`${tick.left} ${tick.text}`}
            className="absolute pl-1 whitespace-nowrap max-phone:even:hidden"
            style={{ left: `${tick.left}%` }}
          >
            {tick.text}
          </span>
        ))}
        {axis.segments
          .filter((segment) => segment.kind === 'fold')
          .map((fold) => (
            <span
              key={fold.from}
              title="Nothing but waiting: the axis is folded here"
              className="absolute truncate text-center font-medium text-st-waiting"
              style={{ left: `${fold.left}%`, width: `${fold.width}%` }}
            >
              {age(fold.to - fold.from)}
            </span>
          ))}
      </span>
      <span className={factColumns}>
        <span>Status</span>
        <span className="text-right max-phone:hidden">Time</span>
        <span className="text-right max-wide:hidden">Settled</span>
      </span>
    </div>
  );
}

function Grid({ axis, mark }: { axis: Axis; mark: number | null }) {
  return (
    <div className={`${timelineColumns} pointer-events-none absolute inset-x-0 top-0 bottom-1.5`} aria-hidden="true">
      <span />
      <span className="relative border-l border-line">
        {axis.ticks.map((tick) => (
          <i
            key={`${tick.left} ${tick.text}`}
            className="absolute inset-y-0 w-px bg-line"
            style={{ left: `${tick.left}%` }}
          />
        ))}
        {axis.segments
          .filter((segment) => segment.kind === 'fold')
          .map((fold) => (
            <i
              key={fold.from}
              className="absolute inset-y-0 border-x border-line bg-sunken"
              style={{ left: `${fold.left}%`, width: `${fold.width}%` }}
            />
          ))}
        {mark !== null && (
          <i className="absolute inset-y-0 z-10 w-0.5 bg-accent" style={{ left: `${placeOf(axis, mark)}%` }} />
        )}
      </span>
    </div>
  );
}
