'use client';
import { Pin, X } from 'lucide-react';
import { useStore } from 'zustand';
import { sayFailure } from '#app/_api/say-failure.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { InspectorSection } from '../inspector/section.tsx';
import { titleIn } from '../running/parts.ts';
import { reveal } from '../session/actions.ts';
import { useGraph, useSession } from '../session/context.ts';

/** All pins of the pipeline; one whose node is gone waits for it to come back. */
export function PinsList() {
  const session = useSession();
  const graph = useGraph((whole) => whole);
  const pins = useStore(session.pins.store, ({ rows }) => rows);
  const edit = (nodeId: string) => {
    reveal(session, nodeId);
    session.ui.setState({ dialog: { kind: 'pin', nodeId } });
  };
  return (
    <InspectorSection name="pins" title="Pinned outputs" aside="Production ignores pins">
      {pins.size === 0 && (
        <p className="text-12 text-fg-3">
          None. Select a node and press P: test runs take its output from then on, without running it.
        </p>
      )}
      <ul className="grid grid-cols-1 gap-0.5 text-12" aria-label="Pinned outputs">
        {[...pins.values()].map(({ nodeId, outcome }) => {
          const gone = !graph.nodes.some(({ id }) => id === nodeId);
          const title = titleIn(graph, nodeId);
          return (
            <li key={nodeId} className="flex h-7 items-center gap-2">
              <Pin size={12} className="flex-none text-accent-text" aria-hidden="true" />
              <button
                type="button"
                disabled={gone}
                onClick={() => edit(nodeId)}
                className="min-w-0 flex-1 truncate rounded-chip text-left hover:underline disabled:text-fg-3 disabled:no-underline"
              >
                {title} <span className="text-fg-3">{gone ? 'is not in the draft' : outcome}</span>
              </button>
              <IconButton
                size="sm"
                label={`Unpin ${title}`}
                onClick={() => void session.pins.unpin(nodeId).catch(sayFailure('Not unpinned'))}
              >
                <X size={13} />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </InspectorSection>
  );
}
