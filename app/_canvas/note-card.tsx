'use client';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { cn } from '#app/_ui/cn.ts';
import type { NoteNode } from './flow-elements.ts';

/** A note on the canvas. */
export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteNode>) {
  return <div className={cn('sg-note', selected && 'is-selected')}>{data.text || 'Empty note'}</div>;
});
