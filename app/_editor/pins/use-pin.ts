'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { useSession } from '../session/context.ts';

/** The outcome that is pinned on a node, for what stands outside the canvas; undefined: none is. */
export function usePin(nodeId: string): string | undefined {
  const { marks } = useSession().pins;
  const watch = useCallback((listener: () => void) => marks.watch(nodeId, listener), [marks, nodeId]);
  const read = useCallback(() => marks.get(nodeId), [marks, nodeId]);
  return useSyncExternalStore(watch, read, read);
}
