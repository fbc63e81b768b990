'use client';
import { ChevronLeft, ChevronRight, GitFork, History, Undo2, X } from 'lucide-react';
import { Slider } from 'radix-ui';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { clock } from '#app/_ui/format.ts';
import { useKeys } from '#app/_ui/keys.ts';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import type { CheckpointRow } from '#server/travel/types.ts';
import { faceOf } from '../node-face.ts';
import { UndoPanel } from '../undo/undo-panel.tsx';
import { ForkDialog } from './fork-dialog.tsx';
import { checkpointText } from './state-at-nodes.ts';
import type { Travel } from './use-travel.ts';

type Asked = 'fork' | 'rewind' | null;
type Props = {
  run: RunDetail;
  travel: Travel;
  selected: { state: string; path: string } | null;
  labels: ReadonlyMap<string, string>;
};

/** Chooses a checkpoint of the run; from there it can be forked, and rewound to. */
export function Scrubber({ run, travel, selected, labels }: Props) {
  const [asked, setAsked] = useState<Asked>(null);
  const { at, checkpoints, index } = travel;
  const step = (by: number) => travel.go(index + by);
  const before = () => step(-1);
  const next = () => step(1);
  useKeys({
    ArrowLeft: before,
    ArrowRight: next,
    f: () => at && setAsked('fork'),
    Escape: travel.leave,
  });
  const after = at ? checkpointText(at, (state) => faceOf(run.graph, state).title) : '';
  return (
    <section
      aria-label="Time travel"
      className="z-20 flex flex-none flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-accent-line bg-accent-soft px-4 py-2 max-wide:sticky max-wide:top-0 max-wide:-order-1 max-phone:px-3"
    >
      <b className="flex flex-none items-center gap-1.5 text-12">
        <History size={14} className="text-accent-text" aria-hidden="true" />
        As it was
      </b>
      {travel.error !== null && checkpoints.length === 0 ? (
        <QueryFailure error={travel.error} className="m-0 flex-1 bg-raised" />
      ) : (
        <>
          <CheckpointTrack travel={travel} onStep={step} after={after} />
          {at && <CheckpointWhere at={at} after={after} index={index} total={checkpoints.length} />}
        </>
      )}
      <span className="ml-auto flex flex-none gap-1.5 max-phone:w-full max-phone:[&>button]:flex-1">
        <Button keys="F" disabled={!at} icon={<GitFork size={14} />} onClick={() => setAsked('fork')}>
          Fork from here …
        </Button>
        <Button disabled={!mayRewindTo(at, run)} icon={<Undo2 size={14} />} onClick={() => setAsked('rewind')}>
          Rewind to here …
        </Button>
        <IconButton label="Back to now" keys="Esc" onClick={travel.leave} className="max-phone:flex-none!">
          <X size={16} />
        </IconButton>
      </span>
      {asked === 'fork' && at && (
        <ForkDialog
          run={run}
          at={at}
          after={after}
          state={travel.state}
          selected={selected}
          labels={labels}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'rewind' && at && (
        <UndoPanel run={run} wanted={{ kind: 'rewind', seq: at.seq, after }} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

/** What was taken over from another run is behind this one; it can be forked from, but not rewound to one by one. */
function mayRewindTo(at: CheckpointRow | null, run: RunDetail): boolean {
  return at !== null && !at.inherited && run.undo !== 'undoing';
}

/** The checkpoints as a slider, with a button to either side. */
export function CheckpointTrack({
  travel,
  onStep,
  after,
}: {
  travel: Travel;
  onStep: (by: number) => void;
  after: string;
}) {
  const { checkpoints, index, loading } = travel;
  if (loading) return <Skeleton className="h-2 min-w-40 flex-1" />;
  const last = checkpoints.length - 1;
  return (
    <div className="flex min-w-56 flex-1 items-center gap-1 max-phone:basis-full">
      <IconButton label="The checkpoint before" keys="←" size="sm" disabled={index <= 0} onClick={() => onStep(-1)}>
        <ChevronLeft size={14} />
      </IconButton>
      <Slider.Root
        className="relative flex h-7 min-w-0 flex-1 touch-none items-center select-none max-phone:h-11"
        min={0}
        max={Math.max(1, last)}
        step={1}
        value={[index]}
        disabled={last < 1}
        onValueChange={([next]) => next !== undefined && travel.go(next)}
      >
        <Slider.Track className="relative h-1 flex-1 rounded-full bg-line-strong">
          <Slider.Range className="absolute h-full rounded-full bg-accent" />
        </Slider.Track>
        <Slider.Thumb
          aria-label="Checkpoint"
          aria-valuetext={after}
          className="block size-4 rounded-full border-2 border-accent bg-raised shadow-pop"
        />
      </Slider.Root>
      <IconButton label="The next checkpoint" keys="→" size="sm" disabled={index >= last} onClick={() => onStep(1)}>
        <ChevronRight size={14} />
      </IconButton>
    </div>
  );
}

/** After what, when, and which of how many. */
export function CheckpointWhere({
  at,
  after,
  index,
  total,
}: {
  at: CheckpointRow;
  after: string;
  index: number;
  total: number;
}) {
  return (
    <p role="status" className="min-w-0 flex-none truncate text-12 max-wide:max-w-full">
      {at.kind === 'start' ? 'At ' : 'After '}
      <b className="font-medium">{after}</b>
      <span className="text-fg-2">
        {' '}
        · {clock(at.at)} · {index + 1} of {total}
      </span>
      {at.inherited && <span className="text-fg-3"> · taken over</span>}
    </p>
  );
}
