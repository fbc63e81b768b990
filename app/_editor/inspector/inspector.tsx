'use client';
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { UnloadedHere } from '#app/_ui/unloaded.tsx';
import type { Selection } from '../document/command.ts';
import { useGraph, useSession, useUi } from '../session/context.ts';
import { NodeContext } from './node-context.ts';
import { PipelineInspector } from './pipeline-inspector.tsx';
import { FieldsContext } from './reading/context.ts';
import { createFields, type Fields } from './reading/fields.ts';
import { useTypingKeys } from './use-typing-keys.ts';

// A pipeline opens with nothing selected; what is to be said of a selection comes when the page is idle, or with the first.
const NodeInspector = lazyPart(async () => (await import('./node-inspector.tsx')).NodeInspector, UnloadedHere);
const EdgeInspector = lazyPart(async () => (await import('./edge-inspector.tsx')).EdgeInspector, UnloadedHere);
const GroupInspector = lazyPart(async () => (await import('./group-inspector.tsx')).GroupInspector, UnloadedHere);
const SeveralInspector = lazyPart(async () => (await import('./several-inspector.tsx')).SeveralInspector, UnloadedHere);
const UnknownInspector = lazyPart(async () => (await import('./unknown-inspector.tsx')).UnknownInspector, UnloadedHere);

/**
 * The panel on the right: what is selected, and everything that can be said and changed about it. It follows once the
 * canvas has shown the selection: a press is answered where it was made.
 */
export function Inspector() {
  return <Inspected selection={useDeferredValue(useUi((ui) => ui.selection))} />;
}

const Inspected = memo(function Inspected({ selection }: { selection: Selection }) {
  const single = selection.nodes.length === 1 && selection.notes.length === 0 ? selection.nodes[0] : undefined;
  const node = useGraph((graph) => graph.nodes.find(({ id }) => id === single));
  const declaration = node ? definitions.get(node.type) : undefined;
  const inspected = useMemo(() => (node && declaration ? { node, declaration } : null), [node, declaration]);
  const { groups = [], nodes, notes } = selection;
  const groupId = groups.length === 1 && nodes.length + notes.length === 0 ? groups[0] : undefined;
  const edgeId = selection.edges.length === 1 ? selection.edges[0] : undefined;
  const fields = useOwnFields();
  const aside = useRef<HTMLElement>(null);
  useTypingKeys(aside);
  return (
    <aside
      ref={aside}
      className="flex h-full min-h-0 flex-col overflow-hidden bg-panel"
      aria-label="Inspector"
      data-inspects={single}
    >
      {inspected && fields ? (
        <NodeContext value={inspected}>
          <FieldsContext value={fields}>
            <NodeInspector key={inspected.node.id} />
          </FieldsContext>
        </NodeContext>
      ) : node && !inspected ? (
        <UnknownInspector node={node} />
      ) : groupId !== undefined ? (
        <GroupInspector key={groupId} groupId={groupId} />
      ) : nodes.length + notes.length + groups.length > 0 ? (
        <SeveralInspector selection={selection} />
      ) : edgeId !== undefined ? (
        <EdgeInspector edgeId={edgeId} />
      ) : inspected ? null : (
        <PipelineInspector />
      )}
    </aside>
  );
});

/** What the fields share, for as long as the inspector is there. */
function useOwnFields(): Fields | null {
  const session = useSession();
  const [fields, setFields] = useState<Fields | null>(null);
  useEffect(() => {
    const made = createFields(session);
    setFields(made);
    return made.stop;
  }, [session]);
  return fields;
}
