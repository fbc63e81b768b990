'use client';
import { useEffect, useRef, useState } from 'react';
import type { LiveRun } from '#app/_canvas/run-state.ts';
import { useSession, useUi } from '../session/context.ts';
import { announcementOf } from './announcements.ts';

/** Tells a screen reader how the run on the canvas goes on, and what was gone to by keyboard. */
export function RunAnnouncer() {
  const session = useSession();
  const [text, setText] = useState('');
  const spoken = useUi((ui) => ui.spoken);
  const before = useRef<LiveRun | null>(null);
  useEffect(
    () =>
      session.live.store.subscribe(({ runs, chosen }) => {
        const run = chosen === null ? undefined : runs.get(chosen);
        if (!run || run === before.current) return;
        const known = before.current?.row.id === run.row.id ? before.current : null;
        before.current = run;
        const { nodes } = session.document.store.getState().graph;
        const said = announcementOf(known, run, (id) => nodes.find((node) => node.id === id)?.title ?? id);
        if (said !== null) setText(said);
      }),
    [session],
  );
  return (
    <>
      <p role="status" aria-live="polite" aria-label="Run" className="sr-only">
        {text}
      </p>
      <p role="status" aria-live="polite" aria-label="Canvas" className="sr-only">
        {spoken && <span key={spoken.turn}>{spoken.text}</span>}
      </p>
    </>
  );
}
