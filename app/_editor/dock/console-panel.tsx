'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useTRPC } from '#app/_api/trpc.ts';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { cn } from '#app/_ui/cn.ts';
import { clock } from '#app/_ui/format.ts';
import { SearchInput } from '#app/_ui/search-input.tsx';
import type { RunDetail, Timeline } from '#server/runs/types.ts';
import { select } from '../session/actions.ts';
import { useSession, useUi } from '../session/context.ts';
import { type ConsoleLine, consoleLines } from './console-lines.ts';

const tones = { plain: 'text-fg-2', good: 'text-st-done', bad: 'text-st-failed', log: 'text-fg' } as const;
const shownLines = 400;

/** What happened in the run, line by line: what its steps logged, and what models answer while they write it. */
export function ConsolePanel({ run, timeline }: { run: RunDetail; timeline: Timeline }) {
  const [words, setWords] = useState('');
  const [alone, setAlone] = useState(false);
  const selected = useUi((ui) => (ui.selection.nodes.length === 1 ? ui.selection.nodes[0] : undefined));
  const all = useLines(run, timeline);
  const titles = useMemo(() => new Map(run.graph.nodes.map(({ id, title }) => [id, title ?? id])), [run.graph]);
  const only = alone ? selected : undefined;
  const wanted = words.trim().toLowerCase();
  const lines = all.filter(
    (line) =>
      (only === undefined || line.state === only) &&
      `${titles.get(line.state) ?? ''} ${line.item} ${line.text} ${line.answer?.text ?? ''}`
        .toLowerCase()
        .includes(wanted),
  );
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex items-center gap-3 border-b border-line px-4 py-1">
        <SearchInput label="Search the console" value={words} onChange={setWords} className="w-56" />
        <Checkbox checked={alone && selected !== undefined} disabled={selected === undefined} onChange={setAlone}>
          {selected === undefined ? 'Only the selected node' : `Only ${titles.get(selected) ?? selected}`}
        </Checkbox>
        <span className="flex-1" />
        <span className="text-fg-3">
          {lines.length === all.length ? `${all.length} lines` : `${lines.length} of ${all.length} lines`}
        </span>
      </div>
      <Lines lines={lines} titles={titles} restSteps={timeline.restSteps} />
    </div>
  );
}

function useLines(run: RunDetail, timeline: Timeline): ConsoleLine[] {
  const session = useSession();
  const trpc = useTRPC();
  const { data: entries } = useQuery(trpc.runs.console.queryOptions({ projectId: session.projectId, runId: run.id }));
  const said = useStore(session.said.store, (runs) => runs.get(run.id));
  return useMemo(
    () => consoleLines({ rows: timeline.rows, entries: entries ?? [], said: said?.values() ?? [] }),
    [timeline.rows, entries, said],
  );
}

type LinesProps = { lines: ConsoleLine[]; titles: ReadonlyMap<string, string>; restSteps: number };

/** Follows the newest line, unless the operator scrolled up to read. */
function Lines({ lines, titles, restSteps }: LinesProps) {
  const list = useRef<HTMLOListElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (lines.length > 0 && follows.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [lines]);
  if (lines.length === 0) return <p className="px-4 py-3 text-fg-2">No line says that.</p>;
  return (
    <ol
      ref={list}
      className="overflow-y-auto py-1 font-mono text-11 leading-[18px]"
      aria-label="Console"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {lines.length > shownLines && <li className="px-4 text-fg-3">… {lines.length - shownLines} lines before</li>}
      {lines.slice(-shownLines).map((line) => (
        <Line key={line.key} line={line} title={titles.get(line.state) ?? line.state} />
      ))}
      {restSteps > 0 && <li className="px-4 text-fg-3">{restSteps} more steps are not listed.</li>}
    </ol>
  );
}

function Line({ line: { at, state, item, text, tone, answer }, title }: { line: ConsoleLine; title: string }) {
  const session = useSession();
  return (
    <li className="flex gap-3 px-4 hover:bg-hover">
      <span className="flex-none text-fg-3">{clock(at)}</span>
      <button
        type="button"
        className="w-40 flex-none truncate text-left hover:underline"
        onClick={() => select(session, { nodes: [state] })}
      >
        {title}
      </button>
      <span className="w-32 flex-none truncate text-fg-3 max-phone:hidden">{item}</span>
      <span className={cn('min-w-0 flex-1 break-words', tones[tone])}>
        {text}
        {answer && answer.text !== '' && (
          <span
            className="mt-0.5 mb-1 block max-h-40 overflow-y-auto border-l-2 border-line-strong pl-2 font-sans whitespace-pre-wrap text-fg-2"
            data-answer={answer.open ? 'open' : 'whole'}
          >
            {answer.text}
            {answer.open && <span className="sg-caret" aria-hidden="true" />}
            {answer.cut && <span className="text-fg-3"> … the rest stands in the step's output</span>}
          </span>
        )}
      </span>
    </li>
  );
}
