'use client';
import type { EdgeProps } from '@xyflow/react';
import { memo, useLayoutEffect, useRef } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import { useEdgeMark, useEdgeState, useEdgeTrust, useStatus } from './context.ts';
import { useLevel } from './detail.ts';
import type { CanvasEdge } from './flow-elements.ts';
import { edgePath, middleOf, undoPath } from './geometry.ts';
import type { EdgeState } from './live-view.ts';
import { EdgeProblemMark } from './problem-mark.tsx';

/** Not taken, idle, taken, error, running: each is painted over those before it. */
const paintOrder: Record<EdgeState, string> = { 'not-taken': '0', idle: '1', taken: '2', error: '3', running: '4' };

/** An edge, in the state of the run; into a running step its token travels. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<CanvasEdge>) {
  const mark = useEdgeMark(props.id);
  const trust = useEdgeTrust(props.id);
  const group = useShownState(props.id);
  const undoes = props.sourceHandleId === undoHandle;
  const [from, to] = [
    { x: props.sourceX, y: props.sourceY },
    { x: props.targetX, y: props.targetY },
  ];
  const path = undoes ? undoPath(from, to) : edgePath(from, to);
  return (
    <g
      ref={group}
      className={cn(
        'sg-edge',
        undoes && 'is-undo',
        props.data?.off && 'is-off',
        props.selected && 'is-selected',
        trust && `trust-${trust}`,
        mark && `has-${mark.severity}`,
      )}
      data-edge={props.id}
    >
      <path className="sg-edge-line" d={path} />
      <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={20} />
      {mark && (
        <EdgeProblemMark mark={mark} edgeId={props.id} at={middleOf(from, to)} of={props.data?.label ?? 'the edge'} />
      )}
      <Token id={props.id} into={props.target} path={path} />
    </g>
  );
});

/** Keeps `data-state` of the edge's picture at its state in the run. Nothing is rendered for that: styles do the rest. */
function useShownState(id: string) {
  const group = useRef<SVGGElement>(null);
  const status = useStatus();
  useLayoutEffect(() => {
    const svg = group.current?.ownerSVGElement;
    if (!svg) return;
    const show = () => {
      const state = status.edge(id);
      svg.dataset.state = state;
      svg.style.zIndex = paintOrder[state];
    };
    show();
    return status.watchEdge(id, show);
  }, [status, id]);
  return group;
}

type TokenProps = { id: string; into: string; path: string };

/** What travels into a running step; nobody sees it where the step's card is a box. */
function Token(props: TokenProps) {
  return useLevel(props.into) === 'box' ? null : <RunningToken {...props} />;
}

function RunningToken({ id, path }: TokenProps) {
  if (useEdgeState(id) !== 'running') return null;
  return (
    <g className="sg-token" style={{ offsetPath: `path('${path}')` }}>
      <circle r="7" />
      <circle r="3.5" />
    </g>
  );
}
