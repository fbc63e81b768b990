'use client';
import './lineage.css';
import { useQuery } from '@tanstack/react-query';
import { Download, X } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import { useKeys } from '#app/_ui/keys.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { faceOf } from '../node-face.ts';
import { lightUp } from './light-up.ts';
import type { LineageAt } from './lineage-at.ts';
import { LineageTree } from './lineage-tree.tsx';
import { waysOf } from './ways.ts';
import { partName } from './words.ts';

type Props = {
  run: RunDetail;
  at: LineageAt;
  /** The canvas on which the way of the value lights up. */
  canvas: RefObject<HTMLElement | null>;
  /** Is told which nodes of the canvas it goes through. */
  onShown: (nodes: ReadonlySet<string> | null) => void;
  onClose: () => void;
  onSelect: (at: { state: string; path: string }) => void;
};

/** Where a value comes from, as a tree; on the canvas the way that it came lights up. Escape closes. */
export function LineagePanel({ run, at, canvas, onShown, onClose, onSelect }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const lineage = useQuery(trpc.runs.lineage.queryOptions({ projectId, runId: run.id, ...at }));
  useKeys({ Escape: onClose });
  const before = useFocusBack(canvas);
  const ways = useMemo(() => (lineage.data ? waysOf(lineage.data, run) : null), [lineage.data, run]);
  const through = ways && [...ways.nodes].join(' ');
  useEffect(() => {
    onShown(through === null ? null : new Set(through.split(' ')));
    return () => onShown(null);
  }, [through, onShown]);
  useEffect(() => (ways && canvas.current ? lightUp(canvas.current, ways) : undefined), [ways, canvas]);
  const title = faceOf(run.graph, at.state).title;
  return (
    <section
      aria-label="Where this comes from"
      className="flex min-h-0 min-w-0 flex-col border-l border-line max-wide:max-h-[70vh] max-wide:border-t max-wide:border-l-0"
    >
      <header className="flex items-start gap-1 border-b border-line py-1.5 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-13 font-semibold">Where this comes from</h2>
          <p className="truncate text-11 text-fg-3">
            {[at.of === 'input' ? `input of ${title}` : title, partName(at.pointer), at.path]
              .filter((part) => part !== '')
              .join(' · ')}
            {lineage.data && `, ${plural(ways?.nodes.size ?? 0, 'node')} of this run`}
          </p>
        </div>
        <Button asChild variant="ghost" size="sm">
          <a href={jsonAddress(projectId, run.id, at)} download>
            <Download size={14} aria-hidden="true" />
            JSON
          </a>
        </Button>
        <IconButton label="Close the lineage" size="sm" onClick={onClose}>
          <X size={14} />
        </IconButton>
      </header>
      {lineage.isError && !lineage.data && <QueryFailure error={lineage.error} onRetry={() => lineage.refetch()} />}
      {lineage.isPending && <SkeletonRows rows={6} rowClass="h-9" />}
      {lineage.data && (
        <LineageTree
          key={lineage.data.root}
          lineage={lineage.data}
          run={run}
          takesFocus={() => document.activeElement === document.body || document.activeElement === before}
          onSelect={onSelect}
        />
      )}
    </section>
  );
}

/** The address of the lineage as a JSON document. */
function jsonAddress(projectId: string, runId: string, at: LineageAt): string {
  return `/api/lineage?${new URLSearchParams({ projectId, runId, ...at })}`;
}

/**
 * What had the focus before it was opened has it again when it closes; the canvas, where that is gone. Answers what had it,
 * as of before anything in here could take it.
 */
function useFocusBack(canvas: RefObject<HTMLElement | null>): Element | null {
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const otherwise = canvas.current;
    return () => {
      const there = before instanceof HTMLElement && before !== document.body && before.isConnected;
      (there ? before : otherwise)?.focus({ preventScroll: true });
    };
  }, [before, canvas]);
  return before;
}
