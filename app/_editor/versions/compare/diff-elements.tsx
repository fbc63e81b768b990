'use client';
import type { EdgeProps, NodeProps, NodeTypes } from '@xyflow/react';
import { memo, useContext } from 'react';
import { nodeTypes } from '#app/_canvas/canvas.tsx';
import type { CanvasEdge, CardNode, NoteNode } from '#app/_canvas/flow-elements.ts';
import { edgePath, undoPath } from '#app/_canvas/geometry.ts';
import { LevelledCard } from '#app/_canvas/levelled-card.tsx';
import { NoteCard } from '#app/_canvas/note-card.tsx';
import { cn } from '#app/_ui/cn.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { Mark } from './changes.ts';
import { DiffMarksContext, markFaces } from './marks.tsx';

/** A card with what became of it. */
const DiffCard = memo(function DiffCard(props: NodeProps<CardNode>) {
  return (
    <>
      <LevelledCard {...props} />
      <MarkChip mark={useContext(DiffMarksContext).marks.get(props.id)} />
    </>
  );
});

const DiffNote = memo(function DiffNote(props: NodeProps<NoteNode>) {
  return (
    <>
      <NoteCard {...props} />
      <MarkChip mark={useContext(DiffMarksContext).marks.get(props.id)} />
    </>
  );
});

function MarkChip({ mark }: { mark: Mark | undefined }) {
  if (!mark) return null;
  const { icon: Icon, word } = markFaces[mark];
  return (
    <span className={`sg-mark is-${mark}`}>
      <Icon size={12} strokeWidth={2.2} aria-hidden="true" />
      {word}
    </span>
  );
}

/** Half the side of the glyph on an edge. */
const half = 5;

const DiffEdge = memo(function DiffEdge(props: EdgeProps<CanvasEdge>) {
  const mark = useContext(DiffMarksContext).edgeMarks.get(props.id);
  const [from, to] = [
    { x: props.sourceX, y: props.sourceY },
    { x: props.targetX, y: props.targetY },
  ];
  const path = props.sourceHandleId === undoHandle ? undoPath(from, to) : edgePath(from, to);
  const Icon = mark && markFaces[mark].icon;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return (
    <g
      className={cn('sg-edge', mark && `is-diff-${mark}`, props.selected && 'is-selected')}
      data-edge={props.id}
      data-mark={mark}
    >
      <path className="sg-edge-line" d={path} />
      <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={20} />
      {Icon && (
        <g className="sg-edge-mark" transform={`translate(${middle.x} ${middle.y})`}>
          <circle r={8} />
          <Icon x={-half} y={-half} width={2 * half} height={2 * half} strokeWidth={2.6} />
        </g>
      )}
    </g>
  );
});

export const diffNodeTypes: NodeTypes = { ...nodeTypes, card: DiffCard, note: DiffNote };
export const diffEdgeTypes = { flow: DiffEdge };
