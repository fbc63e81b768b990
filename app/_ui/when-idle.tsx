'use client';
import { type ReactNode, useEffect, useState } from 'react';

/** Shows what is not urgent once the page has been open for a while and has nothing else to do. */
export function WhenIdle({ afterMs = 1_000, children }: { afterMs?: number; children: ReactNode }) {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    let idle: number | null = null;
    const timer = setTimeout(() => {
      if (typeof requestIdleCallback === 'function')
        idle = requestIdleCallback(() => setRests(true), { timeout: 2_000 });
      else setRests(true);
    }, afterMs);
    return () => {
      clearTimeout(timer);
      if (idle !== null) cancelIdleCallback(idle);
    };
  }, [afterMs]);
  return rests ? children : null;
}
