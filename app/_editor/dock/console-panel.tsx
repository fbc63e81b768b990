'use client';
import { useMemo } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { clock } from '#app/_ui/format.ts';
import type { RunDetail, Timeline } from '#server/runs/types.ts';
import { select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import { consoleLines } from './console-lines.ts';

const tones = { plain: 'text-fg-2', good: 'text-st-done', bad: 'text-st-failed' } as const;
const shownLines = 400;

/** What happened in the run, line by line. */
export function ConsolePanel({ run, timeline }: { run: RunDetail; timeline: Timeline }) {
  const session = useSession();
  const lines = useMemo(() => consoleLines(timeline.rows), [timeline.rows]);
  const titles = useMemo(() => new Map(run.graph.nodes.map(({ id, title }) => [id, title ?? id])), [run.graph]);
  return (
    <ol className="py-1 font-mono text-11 leading-[18px]" aria-label="Console">
      {lines.length > shownLines && <li className="px-4 text-fg-3">… {lines.length - shownLines} lines before</li>}
      {lines.slice(-shownLines).map(({ key, at, state, item, text, tone }) => (
        <li key={key} className="flex gap-3 px-4 hover:bg-hover">
          <span className="flex-none text-fg-3">{clock(at)}</span>
          <button
            type="button"
            className="w-40 flex-none truncate text-left hover:underline"
            onClick={() => select(session, { nodes: [state] })}
          >
            {titles.get(state) ?? state}
          </button>
          <span className="w-32 flex-none truncate text-fg-3 max-phone:hidden">{item}</span>
          <span className={cn('min-w-0 flex-1 break-words', tones[tone])}>{text}</span>
        </li>
      ))}
      {timeline.restSteps > 0 && <li className="px-4 text-fg-3">{timeline.restSteps} more steps are not listed.</li>}
    </ol>
  );
}
