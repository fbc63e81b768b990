'use client';
import { type NodeProps, useStoreApi } from '@xyflow/react';
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { type CanvasElements, useElementLook, useElements } from './context.ts';
import { type NoteNode, noteIdOf } from './flow-elements.ts';
import { InPlaceText } from './in-place.tsx';

type Size = { width: number; height: number };

/** Smaller than this a note holds no text. */
const least: Size = { width: 96, height: 38 };
const gridPx = 4;

/** A note on the canvas: written and resized where it stands. */
export const NoteCard = memo(function NoteCard({ id, data, selected, width, height }: NodeProps<NoteNode>) {
  const look = useElementLook(id);
  const elements = useElements();
  const [resized, setResized] = useState<Size | null>(null);
  return (
    <div
      className={cn(
        'sg-note',
        selected && 'is-selected',
        look?.editing && 'is-editing',
        look?.found && `is-${look.found}`,
      )}
      style={resized ?? undefined}
      data-note={noteIdOf(id)}
    >
      {look?.editing ? (
        <InPlaceText
          flowId={id}
          value={data.text}
          label="Text of the note"
          placeholder="Write a note"
          maxLength={10_000}
          className="sg-note-text"
        />
      ) : (
        data.text || 'Empty note'
      )}
      {selected && elements && !look?.editing && (
        <ResizeHandle
          noteId={noteIdOf(id) ?? ''}
          size={resized ?? { width: width ?? least.width, height: height ?? least.height }}
          onSize={setResized}
          elements={elements}
        />
      )}
    </div>
  );
});

type HandleProps = { noteId: string; size: Size; onSize: (size: Size | null) => void; elements: CanvasElements };

/** The corner that a note is resized by: dragged, or moved with the arrow keys. */
function ResizeHandle({ noteId, size, onSize, elements }: HandleProps) {
  const flow = useStoreApi();
  const from = useRef<{ x: number; y: number; size: Size } | null>(null);
  const sizeAt = ({ clientX, clientY }: PointerEvent): Size => {
    const start = from.current;
    if (!start) return size;
    const zoom = flow.getState().transform[2];
    const { width, height } = start.size;
    return fitting({ width: width + (clientX - start.x) / zoom, height: height + (clientY - start.y) / zoom });
  };
  const end = (event: PointerEvent) => {
    if (!from.current) return;
    elements.resizeNote(noteId, sizeAt(event));
    from.current = null;
    onSize(null);
  };
  return (
    <button
      type="button"
      className="sg-note-resize nodrag nopan"
      aria-label="Resize the note"
      title="Drag to resize, or use the arrow keys"
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, y: event.clientY, size };
      }}
      onPointerMove={(event) => from.current && onSize(sizeAt(event))}
      onPointerUp={end}
      onPointerCancel={() => {
        from.current = null;
        onSize(null);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        const by = arrowSteps[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        elements.resizeNote(noteId, fitting({ width: size.width + by.width, height: size.height + by.height }));
      }}
    />
  );
}

const arrowSteps: Record<string, Size> = {
  ArrowRight: { width: 12, height: 0 },
  ArrowLeft: { width: -12, height: 0 },
  ArrowDown: { width: 0, height: 12 },
  ArrowUp: { width: 0, height: -12 },
};

function fitting({ width, height }: Size): Size {
  const snap = (value: number) => Math.round(value / gridPx) * gridPx;
  return { width: Math.max(least.width, snap(width)), height: Math.max(least.height, snap(height)) };
}
