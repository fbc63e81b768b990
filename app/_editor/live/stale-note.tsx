'use client';
import { History } from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { useSession } from '../session/context.ts';

/** Says above what a node gave that the draft would not give it any more. */
export function StaleNote({ nodeId }: { nodeId: string }) {
  const { marks } = useSession().stale;
  const watch = useCallback((listener: () => void) => marks.watch(nodeId, listener), [marks, nodeId]);
  const read = useCallback(() => marks.get(nodeId), [marks, nodeId]);
  const why = useSyncExternalStore(watch, read, read);
  if (why === undefined) return null;
  return (
    <p role="note" className="mb-2 flex gap-1.5 text-12 text-st-waiting">
      <History size={13} className="mt-0.5 flex-none" aria-hidden="true" />
      {why}
    </p>
  );
}
