/** Values by key, with listeners by key: a change tells only those who watch that key. */
export type KeyedStore<Value> = {
  get(key: string): Value | undefined;
  watch(key: string, listener: () => void): () => void;
  /** Told once per change, whichever keys it concerns. */
  watchAny(listener: () => void): () => void;
  /** Takes `fresh` for all there is. Values that are the same keep their identity. */
  replace(fresh: ReadonlyMap<string, Value>): void;
};

/** Creates a keyed store; `same` says when a fresh value is no change. */
export function createKeyedStore<Value>(same: (a: Value, b: Value) => boolean): KeyedStore<Value> {
  let values: ReadonlyMap<string, Value> = new Map();
  const listeners = new Map<string, Set<() => void>>();
  const anyListeners = new Set<() => void>();
  return {
    get: (key) => values.get(key),
    watch(key, listener) {
      const group = listeners.get(key) ?? new Set();
      listeners.set(key, group.add(listener));
      return () => {
        group.delete(listener);
        if (group.size === 0 && listeners.get(key) === group) listeners.delete(key);
      };
    },
    watchAny(listener) {
      anyListeners.add(listener);
      return () => anyListeners.delete(listener);
    },
    replace(fresh) {
      const merged = new Map<string, Value>();
      const changed: string[] = [];
      for (const [key, value] of fresh) {
        const before = values.get(key);
        const unchanged = before !== undefined && same(before, value);
        merged.set(key, unchanged ? before : value);
        if (!unchanged) changed.push(key);
      }
      for (const key of values.keys()) if (!fresh.has(key)) changed.push(key);
      values = merged;
      for (const key of changed) for (const listener of [...(listeners.get(key) ?? [])]) listener();
      if (changed.length > 0) for (const listener of [...anyListeners]) listener();
    },
  };
}

/** Whether two flat records hold the same values. */
export function sameRecord(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && Object.is(a[key], b[key]))
  );
}
