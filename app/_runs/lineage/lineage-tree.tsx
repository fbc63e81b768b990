'use client';
import { type KeyboardEvent, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { LitContext } from '#app/_canvas/lit.ts';
import type { Lineage } from '#server/lineage/types.ts';
import type { RunDetail } from '#server/runs/types.ts';
import { faceOf } from '../node-face.ts';
import { LineageRow, placeOf } from './lineage-row.tsx';
import { moveOf, type Row, rowsOf } from './tree.ts';
import { drawnRuns } from './ways.ts';

type Props = {
  lineage: Lineage;
  run: RunDetail;
  /** Whether its first line may take the focus: not from where the operator went meanwhile. */
  takesFocus: () => boolean;
  onSelect: (at: { state: string; path: string }) => void;
};

/** The lines of a lineage: arrows go from one to the next, open and close; Enter opens what a line is about. */
export function LineageTree({ lineage, run, takesFocus, onSelect }: Props) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState('0');
  const rows = useMemo(() => rowsOf(lineage, turned), [lineage, turned]);
  const drawn = useMemo(() => drawnRuns(lineage, run.id), [lineage, run.id]);
  const list = useRef<HTMLDivElement>(null);
  const lit = useContext(LitContext);
  const find = (key: string, within = '') =>
    list.current?.querySelector<HTMLElement>(`[data-key="${key}"]${within}`) ?? null;
  const turn = (row: Row) => row.opens && setTurned(flipped(turned, row.key));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is there
  useEffect(() => {
    if (takesFocus()) list.current?.querySelector<HTMLElement>('[data-key="0"]')?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !isRow(event.target)) return;
    const move = moveOf(rows, current, event.key);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'to') find(move.key)?.focus();
    else if (move.kind === 'follow') find(current, ' [data-go]')?.click();
    else for (const row of rows) if (row.key === current) turn(row);
  };
  return (
    <div
      ref={list}
      role="tree"
      aria-label="What it came from"
      className="min-h-0 flex-1 overflow-auto py-1 text-12"
      onKeyDown={onKeyDown}
      tabIndex={-1}
    >
      {rows.map((row) => (
        <LineageRow
          key={row.key}
          row={row}
          run={run}
          titleOf={(state) => faceOf(run.graph, state).title}
          otherRun={otherRun(lineage, row, run.id)}
          current={row.key === current}
          onFocus={() => {
            setCurrent(row.key);
            lit?.light(stateIn(row, drawn));
          }}
          onPoint={(on) => lit?.light(on ? stateIn(row, drawn) : null)}
          onTurn={() => turn(row)}
          onSelect={onSelect}
        />
      ))}
    </div>
  );
}

function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.role === 'treeitem';
}

function flipped(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** What the run is called that a line is of, where it is not the one that is looked at. */
function otherRun({ runs }: Lineage, { node, step }: Row, runId: string): string | null {
  const at = step?.at ?? placeOf(node);
  const other = at && at.runId !== runId && runs.find((one) => one.runId === at.runId);
  return other ? `R-${other.ref}` : null;
}

/** The node of the drawing that a line is about. */
function stateIn({ node, step }: Row, drawn: ReadonlySet<string>): string | null {
  const about = step ?? node;
  return about.kind === 'step' && drawn.has(about.at.runId) ? about.at.state : null;
}
