'use client';
import { Pin } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { useSession } from '../session/context.ts';
import { togglePin } from './toggle-pin.ts';
import { usePin } from './use-pin.ts';

/** Says in the inspector that the node is pinned. */
export function PinNote({ nodeId }: { nodeId: string }) {
  const session = useSession();
  const outcome = usePin(nodeId);
  if (outcome === undefined) return null;
  return (
    <div
      className="flex items-center gap-2 border-b border-line bg-accent-soft px-4 py-2 text-12"
      role="note"
      aria-label="Pin"
    >
      <Pin size={13} className="flex-none text-accent-text" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <b className="font-medium">Pinned: {outcome}.</b> Test runs take it, production ignores pins.
      </span>
      <Button size="sm" variant="ghost" onClick={() => session.ui.setState({ dialog: { kind: 'pin', nodeId } })}>
        Edit
      </Button>
      <Button size="sm" variant="ghost" onClick={() => void togglePin(session)}>
        Unpin
      </Button>
    </div>
  );
}
