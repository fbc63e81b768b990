import { createGate, type Gate } from '#server/engine/gate.ts';

/** Lets so many requests of a class in a project be under way in this process; the others wait their turn. */
export type ClassGates = {
  through: <T>(at: { key: string; places: number | null }, work: () => Promise<T>) => Promise<T>;
};

export function classGates(): ClassGates {
  const gates = new Map<string, { places: number; gate: Gate }>();
  return {
    through({ key, places }, work) {
      if (places === null) return work();
      const known = gates.get(key);
      // Changed by the operator: who waits at the old gate still gets through there.
      const gate = known?.places === places ? known.gate : createGate(places);
      gates.set(key, { places, gate });
      return gate.through(work);
    },
  };
}
