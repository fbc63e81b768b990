'use client';
import { useEffect, useMemo, useState } from 'react';
import { nextFrame } from './next-frame.ts';

/** Up to so many are there at once. */
const fewEdges = 300;
/** So many more per frame: what is pressed meanwhile is answered between two frames. */
const perFrame = 150;

/** The edges that are drawn: where many are opened, the nodes come first, and the edges in the frames after. */
export function useGradually<Edge>(edges: Edge[]): Edge[] {
  const [shown, setShown] = useState(edges.length > fewEdges ? 0 : Number.POSITIVE_INFINITY);
  const all = shown >= edges.length;
  useEffect(() => {
    if (shown === Number.POSITIVE_INFINITY) return;
    let wanted = true;
    nextFrame(() => wanted && setShown(all ? Number.POSITIVE_INFINITY : shown + perFrame));
    return () => {
      wanted = false;
    };
  }, [shown, all]);
  return useMemo(() => (all ? edges : edges.slice(0, shown)), [all, edges, shown]);
}
