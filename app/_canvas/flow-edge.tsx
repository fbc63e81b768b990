'use client';
import type { EdgeProps } from '@xyflow/react';
import { memo, useContext, useLayoutEffect, useRef, useState } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import { useEdgeLooks, useStatus } from './context.ts';
import { DetailContext } from './detail.ts';
import type { CanvasEdge } from './flow-elements.ts';
import { edgePath, middleOf, undoPath } from './geometry.ts';
import type { EdgeState } from './live-view.ts';
import { EdgeProblemMark } from './problem-mark.tsx';

/** Not taken, idle, taken, error, running: each is painted over those before it. */
const paintOrder: Record<EdgeState, string> = { 'not-taken': '-1', idle: '0', taken: '1', error: '2', running: '3' };

/** An edge, in the state of the run; into a running step its token travels. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<CanvasEdge>) {
  const [mark, trust] = useEdgeLooks(props.id);
  const { group, near, token } = useShownState(props.id, props.target);
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
      {near && (
        <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={20} />
      )}
      {mark && (
        <EdgeProblemMark mark={mark} edgeId={props.id} at={middleOf(from, to)} of={props.data?.label ?? 'the edge'} />
      )}
      {token && <Token path={path} />}
    </g>
  );
});

/**
 * Keeps `data-state` of the edge's picture at its state in the run, and `data-remote` while it is seen from far away;
 * nothing is rendered for that, styles do the rest. `near`: it is not, so it can be pointed at. `token`: it leads into a
 * running step whose card is seen as more than a box.
 */
function useShownState(id: string, into: string) {
  const group = useRef<SVGGElement>(null);
  const status = useStatus();
  const detail = useContext(DetailContext);
  const [near, setNear] = useState(() => detail?.edges.levelOf(id) !== 'box');
  const [token, setToken] = useState(false);
  useLayoutEffect(() => {
    const svg = group.current?.ownerSVGElement;
    if (!svg) return;
    const show = () => {
      const state = status.edge(id);
      const remote = detail?.edges.levelOf(id) === 'box';
      setNear(!remote);
      setToken(state === 'running' && detail?.cards.levelOf(into) !== 'box');
      // Another order of the edges is another layout of the layers of the whole canvas: too much at each step of a run.
      const order = remote ? paintOrder.idle : paintOrder[state];
      if (svg.dataset.state !== state) svg.dataset.state = state;
      if (svg.hasAttribute('data-remote') !== remote) svg.toggleAttribute('data-remote', remote);
      if (svg.style.zIndex !== order) svg.style.zIndex = order;
    };
    const stops = [status.watchEdge(id, show), detail?.edges.watch(id, show), detail?.cards.watch(into, show)];
    show();
    return () => {
      for (const stop of stops) stop?.();
    };
  }, [status, detail, id, into]);
  return { group, near, token };
}

/** What travels into a running step. */
function Token({ path }: { path: string }) {
  return (
    <g className="sg-token" style={{ offsetPath: `path('${path}')` }}>
      <circle r="7" />
      <circle r="3.5" />
    </g>
  );
}
