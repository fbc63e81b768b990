'use client';
import { ArrowRightLeft, Minus, Pencil, Plus } from 'lucide-react';
import { createContext } from 'react';
import { cn } from '#app/_ui/cn.ts';
import type { Mark } from './changes.ts';

/** Colour, icon and word of a mark, always all three where there is room. */
export const markFaces: Record<Mark, { word: string; icon: typeof Plus; hue: string; soft: string }> = {
  added: { word: 'Added', icon: Plus, hue: 'text-st-done', soft: 'bg-st-done-soft' },
  changed: { word: 'Changed', icon: Pencil, hue: 'text-st-waiting', soft: 'bg-st-waiting-soft' },
  removed: { word: 'Removed', icon: Minus, hue: 'text-st-failed', soft: 'bg-st-failed-soft' },
  moved: { word: 'Moved', icon: ArrowRightLeft, hue: 'text-fg-2', soft: 'bg-hover' },
};

/** What the cards and edges of a comparison read: their marks, by their ids on the canvas. */
export type DiffMarks = { marks: ReadonlyMap<string, Mark>; edgeMarks: ReadonlyMap<string, Mark> };

export const DiffMarksContext = createContext<DiffMarks>({ marks: new Map(), edgeMarks: new Map() });

/** The glyph of a mark in its hue. `named`: nothing beside it says the word. */
export function MarkIcon({ mark, named = false, size = 14 }: { mark: Mark; named?: boolean; size?: number }) {
  const { icon: Icon, hue, soft, word } = markFaces[mark];
  return (
    <span className={cn('inline-flex flex-none items-center justify-center rounded-chip p-0.5', hue, soft)}>
      <Icon size={size} strokeWidth={2} {...(named ? { 'aria-label': word } : { 'aria-hidden': true })} />
    </span>
  );
}

/** `2 added · 1 changed`: icon, number and word in each hue. */
export function MarkCounts({ counts }: { counts: Record<Mark, number> }) {
  const there = (Object.keys(markFaces) as Mark[]).filter((mark) => counts[mark] > 0);
  if (there.length === 0) return <span className="text-12 text-fg-3">No difference</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12">
      {there.map((mark) => {
        const { icon: Icon, hue, word } = markFaces[mark];
        return (
          <span key={mark} className={cn('inline-flex items-center gap-1 whitespace-nowrap', hue)}>
            <Icon size={12} strokeWidth={2.2} aria-hidden="true" />
            {counts[mark]} {word.toLowerCase()}
          </span>
        );
      })}
    </span>
  );
}
