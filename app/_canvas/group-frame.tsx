'use client';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { useElementLook } from './context.ts';
import type { GroupNode } from './flow-elements.ts';
import { InPlaceLine } from './in-place.tsx';

/** The frame of a group, behind what is in it. Its title is what it is taken by. */
export const GroupFrame = memo(function GroupFrame({ id, data: { title }, selected }: NodeProps<GroupNode>) {
  const look = useElementLook(id);
  return (
    <section
      className={cn('sg-group', selected && 'is-selected', look?.found && `is-${look.found}`)}
      data-group={id}
      aria-label={title || 'Group'}
    >
      <div className="sg-group-title">
        {look?.editing ? (
          <InPlaceLine
            flowId={id}
            value={title}
            label="Title of the group"
            placeholder="Group"
            maxLength={200}
            className="sg-in-place"
          />
        ) : (
          <h3>{title || 'Group'}</h3>
        )}
      </div>
    </section>
  );
});
