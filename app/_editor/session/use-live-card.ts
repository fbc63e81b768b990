'use client';
import { useCallback, useSyncExternalStore } from 'react';
import type { CardLive } from '#app/_canvas/live-view.ts';
import { useSession } from './context.ts';

/** What runs at a node, for what stands outside the canvas. */
export function useLiveCard(nodeId: string): CardLive | undefined {
  const { status } = useSession();
  const watch = useCallback((listener: () => void) => status.watchCard(nodeId, listener), [status, nodeId]);
  const read = useCallback(() => status.card(nodeId), [status, nodeId]);
  return useSyncExternalStore(watch, read, read);
}
