import { createStore, type StoreApi } from 'zustand/vanilla';
import { type CardModel, cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { withoutEdge } from '../connect/insert.ts';
import {
  connectableSources,
  connectableTargets,
  nextOutcome,
  refusalOf,
  type WireEnd,
  type Wiring,
  wiringOf,
} from '../connect/targets.ts';
import type { EditorSession } from '../session/session.ts';

/** A wire in the hand: the end that stays, the edge that is led elsewhere, and how it is drawn. */
export type Wire = {
  fixed: { kind: 'source'; from: string; outcome: string } | { kind: 'target'; to: string };
  edgeId: string | null;
  /** `tapped`: a handle was tapped, the other end is tapped next. */
  by: 'drag' | 'tap';
};

/** The gesture of drawing a wire, apart from what shows it. */
export type WireGesture = {
  store: StoreApi<Wire | null>;
  begin(wire: Wire): void;
  end(): void;
  /** The next begun wire leads this edge elsewhere. */
  take(edgeId: string): void;
  taken(): string | null;
  /** Both ends, with the free one at a node, or at one outcome of it; null: there is nothing to join. */
  endsAt(nodeId: string, outcome: string | null): (WireEnd & { to: string }) | null;
  refusal(ends: WireEnd & { to: string }): string | null;
  /** The cards that the free end may join. */
  fitting(): ReadonlySet<string>;
};

/** Creates the gesture. What the wires of a graph may do is read off it once, not at each move of the hand. */
export function createWireGesture(session: EditorSession): WireGesture {
  const store = createStore<Wire | null>(() => null);
  let known: Wiring | null = null;
  let models: ReadonlyMap<string, CardModel> | null = null;
  let taken: string | null = null;

  const wiring = (): Wiring => {
    known ??= wiringOf(
      withoutEdge(session.document.store.getState().graph, store.getState()?.edgeId ?? null),
      definitions,
    );
    return known;
  };
  const openOutcome = (nodeId: string): string | null => {
    models ??= cardModels(wiring().graph, definitions);
    const model = models.get(nodeId);
    return model ? nextOutcome(model.outcomes, model.wired) : null;
  };
  const fresh = (wire: Wire | null) => {
    known = null;
    models = null;
    store.setState(wire, true);
  };

  return {
    store,
    begin(wire) {
      fresh({ ...wire, edgeId: taken });
      taken = null;
    },
    end: () => fresh(null),
    take(edgeId) {
      taken = edgeId;
    },
    taken: () => store.getState()?.edgeId ?? null,
    endsAt(nodeId, handle) {
      const fixed = store.getState()?.fixed;
      if (!fixed) return null;
      if (fixed.kind === 'source') return { from: fixed.from, outcome: fixed.outcome, to: nodeId };
      const outcome = handle ?? openOutcome(nodeId);
      return outcome === null ? null : { from: nodeId, outcome, to: fixed.to };
    },
    refusal: (ends) => refusalOf(wiring(), ends),
    fitting() {
      const fixed = store.getState()?.fixed;
      if (!fixed) return new Set();
      return fixed.kind === 'source' ? connectableTargets(wiring(), fixed) : connectableSources(wiring(), fixed.to);
    },
  };
}
