'use client';
import { type ReactNode, useEffect, useState } from 'react';

const restMs = 600;

/** Shows what is not urgent once the page has opened and has nothing else to do. */
export function WhenIdle({ children }: { children: ReactNode }) {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    let idle: number | null = null;
    const timer = setTimeout(() => {
      if (typeof requestIdleCallback === 'function')
        idle = requestIdleCallback(() => setRests(true), { timeout: 2_000 });
      else setRests(true);
    }, restMs);
    return () => {
      clearTimeout(timer);
      if (idle !== null) cancelIdleCallback(idle);
    };
  }, []);
  return rests ? children : null;
}
