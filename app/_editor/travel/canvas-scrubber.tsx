'use client';
import { History, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { faceOf } from '#app/_runs/node-face.ts';
import { CheckpointTrack, CheckpointWhere } from '#app/_runs/travel/scrubber.tsx';
import { checkpointText, nodesAt } from '#app/_runs/travel/state-at-nodes.ts';
import { type Travel, useTravelAt } from '#app/_runs/travel/use-travel.ts';
import { IconButton } from '#app/_ui/button.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { useSession, useUi } from '../session/context.ts';

/** Steps through the finished run on the canvas, checkpoint by checkpoint: ← and → while it has the focus, Esc to leave. */
export function CanvasScrubber({ run }: { run: RunDetail }) {
  const session = useSession();
  const seq = useUi((ui) => ui.travel?.seq ?? null);
  const travel = useTravelAt(run, {
    named: seq === null ? '' : String(seq),
    setAt: (at) =>
      session.ui.setState({
        travel: at === null ? null : { runId: run.id, seq: at === '' ? null : Number(at) },
      }),
  });
  useShownPast(run, travel);
  const strip = useRef<HTMLElement>(null);
  const ready = travel.checkpoints.length > 0;
  useEffect(() => {
    if (!ready) return;
    // The thumb is hidden until it has found its place.
    const frame = requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>('[role="slider"]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, [ready]);
  const after = travel.at ? checkpointText(travel.at, (state) => faceOf(run.graph, state).title) : '';
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    // The slider has the arrows for itself.
    if (step === undefined || (event.target as HTMLElement).role === 'slider') return;
    event.preventDefault();
    travel.go(travel.index + step);
  };
  return (
    <section
      ref={strip}
      aria-label="Step through the run"
      onKeyDown={onKeyDown}
      className="flex h-9 flex-none items-center gap-3 border-b border-accent-line bg-accent-soft px-4 max-phone:h-auto max-phone:flex-wrap max-phone:px-3"
    >
      <b className="flex flex-none items-center gap-1.5 text-12">
        <History size={14} className="text-accent-text" aria-hidden="true" />
        R-{run.ref} as it was
      </b>
      {travel.error !== null && !ready ? (
        <QueryFailure error={travel.error} className="m-0 flex-1 bg-raised" />
      ) : (
        <>
          <CheckpointTrack travel={travel} onStep={(by) => travel.go(travel.index + by)} after={after} />
          {travel.at && (
            <CheckpointWhere at={travel.at} after={after} index={travel.index} total={travel.checkpoints.length} />
          )}
        </>
      )}
      <IconButton label="Back to now" keys="Esc" size="sm" onClick={travel.leave} className="ml-auto flex-none">
        <X size={14} />
      </IconButton>
    </section>
  );
}

/** Lends the canvas and the inspector what the run was like then. */
function useShownPast(run: RunDetail, { state, at }: Travel): void {
  const { past } = useSession();
  const shown = useMemo(() => {
    if (!state) return null;
    const { seq, steps, ended } = state;
    return { runId: run.id, seq, steps, nodes: nodesAt(state), ended: ended !== null };
  }, [run.id, state]);
  const when = at?.at ?? 0;
  useEffect(() => {
    if (shown) past.setState({ at: { ...shown, at: when } });
  }, [past, shown, when]);
  useEffect(() => () => past.setState({ at: null }), [past]);
}
