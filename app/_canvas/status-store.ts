import { createKeyedStore, sameRecord } from './keyed-store.ts';
import { type CardLive, type EdgeState, type LiveSource, type LiveView, liveView } from './live-view.ts';
import { nextFrame } from './next-frame.ts';

/**
 * What runs, by node and edge, outside React and outside React Flow's data: a change re-renders the cards and edges
 * concerned and nothing else. However often it is told, it tells its listeners once per animation frame.
 */
export type StatusStore = {
  /** What to show from the next frame on; null: nothing runs. */
  show(source: LiveSource | null): void;
  /** Shows it now, without waiting for the frame; edges follow in the next one. */
  flush(): void;
  card(id: string): CardLive | undefined;
  edge(id: string): EdgeState;
  watchCard(id: string, listener: () => void): () => void;
  /** Told once per frame in which any card changed. */
  watchAnyCard(listener: () => void): () => void;
  watchEdge(id: string, listener: () => void): () => void;
};

const nothing: LiveView = { cards: new Map(), edges: new Map() };

/** Creates a status store. `onFrame` is called with what is to be done in the next frame. */
export function createStatusStore(onFrame: (flush: () => void) => void = nextFrame): StatusStore {
  const cards = createKeyedStore<CardLive>(sameCard);
  const edges = createKeyedStore<EdgeState>(Object.is);
  /** What the next frame shows; null: what is shown already. Worked out before it: the frame has enough to paint. */
  let pending: LiveView | null = null;
  let edgesDue: ReadonlyMap<string, EdgeState> | null = null;

  const flush = () => {
    if (!pending) return;
    const view = pending;
    pending = null;
    cards.replace(view.cards);
    // One frame later: both at once are more than a frame has room for where there are hundreds.
    if (!edgesDue) onFrame(showEdges);
    edgesDue = view.edges;
  };
  const showEdges = () => {
    const fresh = edgesDue;
    edgesDue = null;
    if (fresh) edges.replace(fresh);
  };

  return {
    show(source) {
      const scheduled = pending !== null;
      pending = source ? liveView(source) : nothing;
      if (!scheduled) onFrame(flush);
    },
    flush,
    card: cards.get,
    edge: (id) => edges.get(id) ?? 'idle',
    watchCard: cards.watch,
    watchAnyCard: cards.watchAny,
    watchEdge: edges.watch,
  };
}

type Member = Exclude<keyof CardLive, 'outcomes'>;
const members = Object.keys({
  status: true,
  detail: true,
  counts: true,
  costMicros: true,
  cached: true,
  timeMs: true,
  since: true,
  tries: true,
  input: true,
} satisfies Record<Member, true>) as Member[];

/** Compared for every card whenever a run goes on, so without a copy. */
function sameCard(a: CardLive, b: CardLive): boolean {
  return members.every((name) => a[name] === b[name]) && sameRecord(a.outcomes, b.outcomes);
}
