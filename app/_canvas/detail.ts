'use client';
import { createContext, useContext, useEffect, useState } from 'react';
import { nextFrame } from './next-frame.ts';

/** How a card is drawn: in full; with title and status alone, in three sizes for three zooms; as a bare box. */
export type Level = 'full' | 'near' | 'middle' | 'distant' | 'box';
/** What there is room for: so much detail on all cards, or on those of these ids while all others are boxes. `zooming`: the view comes nearer or goes away. */
export type Wanted = { level: Level; ids: 'all' | ReadonlySet<string>; zooming?: boolean };

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

/** So many become more than a box, or a box, within one frame. */
type Share = { card: number; box: number };
/** While the view is moved: a few, beside all that stands in such a frame. Once it rests: more. */
export type Pace = { moving: Share; resting: Share };
const cardPace: Pace = { moving: { card: 4, box: 16 }, resting: { card: 12, box: 80 } };
/** Edges are told once the zoom rests. */
const edgePace: Pace = { moving: { card: 24, box: 24 }, resting: { card: 24, box: 24 } };
const none: Share = { card: 0, box: 0 };
/**
 * While the zoom changes, each frame lays out and paints all there is; a card that changes in it as well would make it
 * stutter. So they change in one frame of many, in which it does not matter.
 */
const zoomingMs = 500;
/** The view rests when it has not moved for so long. */
const restMs = 100;
/** Cards outside the view that are not boxes yet. */
const kept = 40;

/** Creates the level of detail of the cards of one canvas. `onFrame` is called with what is to be done in the next frame. */
export function createDetail(
  onFrame: (turn: () => void) => void = nextFrame,
  now = () => performance.now(),
  pace = cardPace,
): Detail {
  const listeners = new Map<string, Set<(level: Level) => void>>();
  /** What each card on the canvas shows. */
  const shown = new Map<string, Level>();
  let wanted: Wanted = { level: 'full', ids: 'all' };
  let scheduled = false;
  let [movedAt, zoomedAt, changedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const levelOf = (id: string): Level => (wanted.ids === 'all' || wanted.ids.has(id) ? wanted.level : 'box');

  /** Those that show something else than they should: cards that are seen, and those that may become boxes. */
  const differing = (): { cards: string[]; boxes: string[] } => {
    const [cards, boxes]: [string[], string[]] = [[], []];
    for (const [id, level] of shown) {
      const next = levelOf(id);
      if (next !== level) (next === 'box' ? boxes : cards).push(id);
    }
    const mayStay = wanted.level === 'box' ? 0 : kept;
    return { cards, boxes: boxes.slice(0, Math.max(0, boxes.length - mayStay)) };
  };
  const share = (): Share => {
    const at = now();
    if (at - zoomedAt < restMs) return at - changedAt < zoomingMs ? none : pace.resting;
    return at - movedAt < restMs ? pace.moving : pace.resting;
  };
  const turn = () => {
    scheduled = false;
    const { cards, boxes } = differing();
    if (cards.length + boxes.length === 0) return;
    const { card, box } = share();
    const ids = cards.length > 0 ? cards.slice(0, card) : boxes.slice(0, box);
    if (ids.length > 0) changedAt = now();
    for (const id of ids) {
      shown.set(id, levelOf(id));
      for (const listener of [...(listeners.get(id) ?? [])]) listener(levelOf(id));
    }
    schedule();
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
      if (!fresh.zooming) return schedule();
      // The first frames of a zoom belong to the hand.
      if (movedAt - zoomedAt >= restMs) changedAt = movedAt;
      zoomedAt = movedAt;
      schedule();
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

/** What the canvas draws in a level of detail: its cards, and its edges, which know `full` and `box` alone. */
export type CanvasDetail = { cards: Detail; edges: Detail };

/** Creates the levels of detail of one canvas. */
export function createCanvasDetail(): CanvasDetail {
  return { cards: createDetail(), edges: createDetail(nextFrame, () => performance.now(), edgePace) };
}

export const DetailContext = createContext<CanvasDetail | null>(null);

/** How this card is to be drawn. */
export function useLevel(id: string): Level {
  const detail = useContext(DetailContext)?.cards;
  const [level, setLevel] = useState(detail?.levelOf(id) ?? 'full');
  useEffect(() => detail?.watch(id, setLevel), [detail, id]);
  return level;
}
