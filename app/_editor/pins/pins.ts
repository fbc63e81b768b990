import { createStore, type StoreApi } from 'zustand/vanilla';
import { createKeyedStore, type KeyedStore } from '#app/_canvas/keyed-store.ts';
import type { Json } from '#nodes/core/json.ts';
import type { PinRow } from '#server/travel/types.ts';

/** What a node gave in a run: what is pinned. */
export type LastOutput = { outcome: string; output: Json };

/** The server's side of pins. */
export type PinsApi = {
  list: () => Promise<PinRow[]>;
  set: (pin: { nodeId: string } & LastOutput) => Promise<PinRow>;
  remove: (nodeId: string) => Promise<unknown>;
};

/** Outputs that stand in for nodes in test runs, by node id. The text of a mark is the outcome. */
export type Pins = {
  marks: KeyedStore<string>;
  /** All of them with their outputs, as the server keeps them. */
  store: StoreApi<{ rows: ReadonlyMap<string, PinRow> }>;
  load: () => Promise<void>;
  has: (nodeId: string) => boolean;
  pin: (nodeId: string, last: LastOutput) => Promise<void>;
  unpin: (nodeId: string) => Promise<void>;
};

/** Creates the pins of one open pipeline. What cannot be kept is thrown; the marks tell what is kept. */
export function createPins(api: PinsApi): Pins {
  const marks = createKeyedStore<string>(Object.is);
  const store = createStore<{ rows: ReadonlyMap<string, PinRow> }>(() => ({ rows: new Map() }));
  const show = (rows: ReadonlyMap<string, PinRow>) => {
    store.setState({ rows });
    marks.replace(new Map([...rows].map(([nodeId, { outcome }]) => [nodeId, outcome])));
  };
  const rows = () => store.getState().rows;
  return {
    marks,
    store,
    load: async () => show(new Map((await api.list()).map((row) => [row.nodeId, row]))),
    has: (nodeId) => rows().has(nodeId),
    async pin(nodeId, last) {
      const row = await api.set({ nodeId, ...last });
      show(new Map(rows()).set(nodeId, row));
    },
    async unpin(nodeId) {
      await api.remove(nodeId);
      const next = new Map(rows());
      next.delete(nodeId);
      show(next);
    },
  };
}
