'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';

/** The edge that the pointer is on; while a button is held it stays the one that it was. Null: none. */
export function usePointedEdge(): string | null {
  const flow = useStoreApi();
  const [edgeId, setEdgeId] = useState<string | null>(null);
  useEffect(() => {
    const { domNode } = flow.getState();
    const onOver = ({ target, buttons }: PointerEvent) => {
      if (buttons !== 0 || !(target instanceof Element)) return;
      setEdgeId(target.closest('.react-flow__edge')?.getAttribute('data-id') ?? null);
    };
    domNode?.addEventListener('pointerover', onOver);
    return () => domNode?.removeEventListener('pointerover', onOver);
  }, [flow]);
  return edgeId;
}
