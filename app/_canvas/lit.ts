'use client';
import { createContext, type SyntheticEvent, useCallback, useContext, useMemo } from 'react';
import { createKeyedStore, type KeyedStore } from './keyed-store.ts';
import { useKeyed } from './use-keyed.ts';

/** The node that is pointed at anywhere: on the canvas, in the timeline. Everywhere else it lights up too. */
export type Lit = {
  store: KeyedStore<true>;
  /** Null: none is pointed at any more. */
  light(nodeId: string | null): void;
};

/** Creates it; nothing is lit. */
export function createLit(): Lit {
  const store = createKeyedStore<true>(Object.is);
  return { store, light: (nodeId) => store.replace(nodeId === null ? new Map() : new Map([[nodeId, true]])) };
}

/** Shared by what shows the same run; null: nothing lights up. */
export const LitContext = createContext<Lit | null>(null);

/** Whether a node is pointed at somewhere; renders again when that changes for this node alone. */
export function useIsLit(nodeId: string): boolean {
  return useKeyed(nodeId, [useContext(LitContext)?.store])[0] ?? false;
}

type Lighting = Record<'onMouseEnter' | 'onMouseLeave' | 'onFocus' | 'onBlur', () => void>;

/** What an element carries that stands for a node: pointing at it, or the focus in it, lights the node. */
export function useLighting(nodeId: string): Lighting {
  const lit = useContext(LitContext);
  const on = useCallback(() => lit?.light(nodeId), [lit, nodeId]);
  const off = useCallback(() => lit?.light(null), [lit]);
  return { onMouseEnter: on, onMouseLeave: off, onFocus: on, onBlur: off };
}

/**
 * What the frame of a canvas carries: the node under the pointer or with the focus lights up elsewhere. Events of the
 * frame, so that no card has its own.
 */
export function usePointing(lit: Lit | null) {
  return useMemo(() => {
    const light = (event: SyntheticEvent) => {
      // Who drags points at nothing on the way.
      const { nativeEvent } = event;
      if (nativeEvent instanceof MouseEvent && nativeEvent.buttons !== 0) return;
      lit?.light(nodeAt(event.target));
    };
    const dim = () => lit?.light(null);
    return { onMouseOver: light, onFocus: light, onBlur: dim, onMouseLeave: dim };
  }, [lit]);
}

/** The card that holds an element, or that it holds as its frame. */
function nodeAt(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  const card = target.closest<HTMLElement>('[data-node]') ?? target.querySelector<HTMLElement>(':scope > [data-node]');
  return card?.dataset.node ?? null;
}
