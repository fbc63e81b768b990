'use client';
import { useEffect, useRef } from 'react';

/** Escape gives up what is under way, before it means anything else to the editor. */
export function useEscape(underWay: () => boolean, giveUp: () => void): void {
  const latest = useRef({ underWay, giveUp });
  useEffect(() => {
    latest.current = { underWay, giveUp };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !latest.current.underWay()) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      latest.current.giveUp();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
