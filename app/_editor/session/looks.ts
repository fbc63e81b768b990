import type { StoreApi } from 'zustand/vanilla';
import type { ElementLook } from '#app/_canvas/context.ts';
import { createKeyedStore, type KeyedStore, sameRecord } from '#app/_canvas/keyed-store.ts';
import type { UiState } from './ui-store.ts';

/** What is edited in place and what was found, by element: a change renders those elements and nothing else. */
export function createLooks(ui: StoreApi<UiState>): { looks: KeyedStore<ElementLook>; stop: () => void } {
  const looks = createKeyedStore<ElementLook>(sameRecord);
  const stop = ui.subscribe((state, before) => {
    if (state.inPlace !== before.inPlace || state.find !== before.find) looks.replace(looksOf(state));
  });
  return { looks, stop };
}

function looksOf({ inPlace, find }: UiState): Map<string, ElementLook> {
  const looks = new Map<string, ElementLook>();
  const current = find?.hits[find.at]?.flowId;
  for (const { flowId } of find?.hits ?? []) looks.set(flowId, { found: flowId === current ? 'current' : 'hit' });
  if (inPlace !== null) looks.set(inPlace, { ...looks.get(inPlace), editing: true });
  return looks;
}
