'use client';
import { ListEnd, Play, StepForward } from 'lucide-react';
import { IconButton } from '#app/_ui/button.tsx';
import type { GraphNode } from '#nodes/core/graph.ts';
import { withCommand } from '../keys/platform.ts';
import { useSession } from '../session/context.ts';
import { mayRun, runFromSelected, runSelected, runUntilSelected } from './parts.ts';

/** Runs a part of the draft by the selected node: that node, until it, from it. Nothing where it cannot run. */
export function RunButtons({ node }: { node: GraphNode }) {
  const session = useSession();
  if (!mayRun(node)) return null;
  return (
    <span className="flex flex-none">
      <IconButton label="Run this node" keys="⇧↵" size="sm" onClick={() => runSelected(session)}>
        <Play size={14} />
      </IconButton>
      <IconButton label="Run until here" keys={withCommand('⇧↵')} size="sm" onClick={() => runUntilSelected(session)}>
        <ListEnd size={14} />
      </IconButton>
      <IconButton label="Run from here" keys="Alt ↵" size="sm" onClick={() => runFromSelected(session)}>
        <StepForward size={14} />
      </IconButton>
    </span>
  );
}
