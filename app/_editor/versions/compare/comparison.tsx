'use client';
import { ChevronDown, ChevronUp, GitCompareArrows } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { type Difference, differenceOf, diffGraphs } from '#nodes/core/diff/graphs.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { StateBar } from '../state-bar.tsx';
import type { LoadedState } from '../use-states.ts';
import { ChangeList } from './change-list.tsx';
import { type ChangeItem, changeItems, countsOf } from './changes.ts';
import { DiffCanvas } from './diff-canvas.tsx';
import { MarkCounts } from './marks.tsx';
import { mergeGraphs } from './merged.ts';

type State = LoadedState & { graph: Graph };

/** Two states in one drawing, and what changed between them, one change after the other. */
export function Comparison({ before, after }: { before: State; after: State }) {
  const { items, merged, difference } = useMemo(() => {
    const diff = diffGraphs(before.graph, after.graph);
    return {
      items: changeItems(diff, before.graph, after.graph),
      merged: mergeGraphs(diff, after.graph),
      difference: differenceOf(diff),
    };
  }, [before.graph, after.graph]);
  const [key, setKey] = useState<string | null>(null);
  const selected = items.find((item) => item.key === key) ?? null;
  const step = (by: 1 | -1) => setKey(neighbour(items, key, by));
  useStepKeys(step);
  return (
    <>
      <div className="sg-history-canvas relative min-h-0">
        <DiffCanvas
          merged={merged}
          selected={selected}
          onSelect={(id) => setKey(id === null ? null : (itemAt(items, id)?.key ?? null))}
        />
      </div>
      <aside aria-label="What changed" className="sg-history-changes flex min-h-0 flex-col bg-panel">
        <StateBar before={before} after={after} />
        <div className="flex min-h-10 flex-none items-center justify-between gap-2 border-b border-line py-1 pr-2 pl-4">
          <MarkCounts counts={countsOf(items)} />
          <span className="flex flex-none">
            <IconButton
              label="Previous change"
              keys="K"
              size="sm"
              disabled={items.length === 0}
              onClick={() => step(-1)}
            >
              <ChevronUp size={14} />
            </IconButton>
            <IconButton label="Next change" keys="J" size="sm" disabled={items.length === 0} onClick={() => step(1)}>
              <ChevronDown size={14} />
            </IconButton>
          </span>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {items.length > 0 && <p className="px-4 pt-2 text-12 text-fg-2">{saying[difference]}</p>}
          {items.length === 0 ? (
            <EmptyState icon={GitCompareArrows} title="They are the same">
              {before.label} and {after.label} hold the same nodes, edges and settings.
            </EmptyState>
          ) : (
            <ChangeList items={items} selected={key} onSelect={setKey} />
          )}
        </div>
      </aside>
    </>
  );
}

const saying: Record<Difference, string> = {
  meaning: 'Runs go differently.',
  words: 'Only what people read differs; runs go the same way.',
  places: 'Things only stand elsewhere; runs go the same way.',
  none: '',
};

function neighbour(items: readonly ChangeItem[], key: string | null, by: 1 | -1): string | null {
  const at = items.findIndex((item) => item.key === key);
  const next = at < 0 ? (by === 1 ? 0 : items.length - 1) : (at + by + items.length) % items.length;
  return items[next]?.key ?? null;
}

function itemAt(items: readonly ChangeItem[], id: string): ChangeItem | undefined {
  return items.find(
    ({ what, place, edgeId }) => edgeId === id || (what !== 'edge' && what !== 'group' && place[0] === id),
  );
}

/** j and k, and the arrows, as in the inbox. */
const stepKeys: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function useStepKeys(step: (by: 1 | -1) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const by = stepKeys[event.key];
      if (by === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector('[role="menu"], [role="listbox"], [role="alertdialog"]')) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, [role="combobox"]')) return;
      event.preventDefault();
      step(by);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [step]);
}
