'use client';
import { useMemo } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { useGraph, useUi } from '../session/context.ts';
import { EdgeInspector } from './edge-inspector.tsx';
import { GroupInspector } from './group-inspector.tsx';
import { NodeContext } from './node-context.ts';
import { NodeInspector } from './node-inspector.tsx';
import { PipelineInspector } from './pipeline-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';
import { UnknownInspector } from './unknown-inspector.tsx';

/** The panel on the right: what is selected, and everything that can be said and changed about it. */
export function Inspector() {
  const selection = useUi((ui) => ui.selection);
  const single = selection.nodes.length === 1 && selection.notes.length === 0 ? selection.nodes[0] : undefined;
  const node = useGraph((graph) => graph.nodes.find(({ id }) => id === single));
  const declaration = node ? definitions.get(node.type) : undefined;
  const inspected = useMemo(() => (node && declaration ? { node, declaration } : null), [node, declaration]);
  const { groups = [], nodes, notes } = selection;
  const groupId = groups.length === 1 && nodes.length + notes.length === 0 ? groups[0] : undefined;
  const edgeId = selection.edges.length === 1 ? selection.edges[0] : undefined;
  return (
    <aside className="flex h-full min-h-0 flex-col overflow-hidden bg-panel" aria-label="Inspector">
      {inspected ? (
        <NodeContext value={inspected}>
          <NodeInspector key={inspected.node.id} />
        </NodeContext>
      ) : node ? (
        <UnknownInspector node={node} />
      ) : groupId !== undefined ? (
        <GroupInspector key={groupId} groupId={groupId} />
      ) : nodes.length + notes.length + groups.length > 0 ? (
        <SeveralInspector selection={selection} />
      ) : edgeId !== undefined ? (
        <EdgeInspector edgeId={edgeId} />
      ) : (
        <PipelineInspector />
      )}
    </aside>
  );
}
