import { createStore } from 'zustand/vanilla';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import type { Journal, JournalState } from './journal.ts';
import type { JournalStep } from './ledger.ts';

export const start: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Leads',
  nodes: [],
  edges: [],
});

/** A journal that only remembers what it was told. */
export function memoryJournal(): Journal & { steps: JournalStep[] } {
  const steps: JournalStep[] = [];
  return {
    steps,
    state: createStore<JournalState>(() => ({ kind: 'kept' })),
    follow: () => {},
    append: (step) => void steps.push(step),
    flush: async () => {},
    stop: async () => {},
  };
}

/** Locks as a browser has them, of which each `page` holds its own until it dies. */
export function fakeLocks() {
  const held = new Set<string>();
  const page = () => {
    const own = new Set<string>();
    const request = async (name: string, _options: LockOptions, act: (lock: Lock | null) => Promise<void>) => {
      if (held.has(name)) return await act(null);
      held.add(name);
      own.add(name);
      await act({ name, mode: 'exclusive' });
      held.delete(name);
    };
    return {
      locks: { request } as unknown as LockManager,
      die: () => {
        for (const name of own) held.delete(name);
      },
    };
  };
  return { page };
}
