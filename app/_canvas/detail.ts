'use client';
import { createContext, useContext, useEffect, useState } from 'react';
import { nextFrame } from './next-frame.ts';

/** How a card is drawn: in full; with title and status alone, in three sizes for three zooms; as a bare box. */
export type Level = 'full' | 'near' | 'middle' | 'distant' | 'box';
/** What there is room for: so much detail on all cards, or on those of these ids while all others are boxes. */
export type Wanted = { level: Level; ids: 'all' | ReadonlySet<string> };

/**
 * How the cards of one canvas are drawn. Outside React: panning and zooming tell it, and cards that are on the canvas
 * follow a few per frame, so that no frame has to draw or style them all. A card that the view has passed stays as it is
 * until there are too many.
 */
export type Detail = {
  levelOf(id: string): Level;
  show(wanted: Wanted): void;
  /** The listener is called when the card changes; answers how to end that. */
  watch(id: string, listener: (level: Level) => void): () => void;
};

/** Cards that change within one frame: a few while the view moves, beside all that stands in such a frame; more once it rests. */
const perFrame = { moving: { card: 4, box: 16 }, resting: { card: 20, box: 80 } };
/** The view rests when it has not moved for so long. */
const restMs = 100;
/** Cards outside the view that are not boxes yet. */
const kept = 40;

/** Creates the level of detail of one canvas. `onFrame` is called with what is to be done in the next frame. */
export function createDetail(onFrame: (turn: () => void) => void = nextFrame, now = () => performance.now()): Detail {
  const listeners = new Map<string, Set<(level: Level) => void>>();
  /** What each card on the canvas shows. */
  const shown = new Map<string, Level>();
  let wanted: Wanted = { level: 'full', ids: 'all' };
  let scheduled = false;
  let movedAt = Number.NEGATIVE_INFINITY;
  const levelOf = (id: string): Level => (wanted.ids === 'all' || wanted.ids.has(id) ? wanted.level : 'box');

  /** Cards that show something else than they should: first those that are seen, then those that may become boxes. */
  const due = (): string[] => {
    const [cards, boxes]: [string[], string[]] = [[], []];
    for (const [id, level] of shown) {
      const next = levelOf(id);
      if (next !== level) (next === 'box' ? boxes : cards).push(id);
    }
    const { card, box } = now() - movedAt < restMs ? perFrame.moving : perFrame.resting;
    if (cards.length > 0) return cards.slice(0, card);
    const mayStay = wanted.level === 'box' ? 0 : kept;
    return boxes.slice(0, Math.min(box, Math.max(0, boxes.length - mayStay)));
  };
  const turn = () => {
    scheduled = false;
    const ids = due();
    for (const id of ids) {
      shown.set(id, levelOf(id));
      for (const listener of [...(listeners.get(id) ?? [])]) listener(levelOf(id));
    }
    if (ids.length > 0) schedule();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    onFrame(turn);
  };

  return {
    levelOf: (id) => shown.get(id) ?? levelOf(id),
    show(fresh) {
      wanted = fresh;
      movedAt = now();
      if (due().length > 0) schedule();
    },
    watch(id, listener) {
      const group = listeners.get(id) ?? new Set();
      if (group.size === 0) shown.set(id, levelOf(id));
      listeners.set(id, group.add(listener));
      listener(shown.get(id) ?? levelOf(id));
      return () => {
        group.delete(listener);
        if (group.size > 0 || listeners.get(id) !== group) return;
        listeners.delete(id);
        shown.delete(id);
      };
    },
  };
}

export const DetailContext = createContext<Detail | null>(null);

/** How this card is to be drawn. */
export function useLevel(id: string): Level {
  const detail = useContext(DetailContext);
  const [level, setLevel] = useState(detail?.levelOf(id) ?? 'full');
  useEffect(() => detail?.watch(id, setLevel), [detail, id]);
  return level;
}
