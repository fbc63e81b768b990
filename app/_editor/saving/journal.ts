import { type Graph, graphSchema } from '#nodes/core/graph.ts';

/** What was edited and did not reach the server yet, and the revision that it builds on. */
export type JournalEntry = { revision: number; graph: Graph };

/** Keeps unsaved edits beside the server: for a crash, a closed lid, a lost network. */
export type Journal = {
  read(): JournalEntry | null;
  /** False: this browser has no room or forbids it; the server alone keeps the draft then. */
  write(entry: JournalEntry): boolean;
  clear(): void;
};

/** A journal in the browser's storage, one per pipeline. An entry that cannot be read counts as none. */
export function createJournal(
  pipelineId: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): Journal {
  const key = `solograph:unsaved:${pipelineId}`;
  return {
    read() {
      const text = storage.getItem(key);
      return text === null ? null : parseEntry(text);
    },
    write(entry) {
      try {
        storage.setItem(key, JSON.stringify(entry));
        return true;
      } catch {
        return false;
      }
    },
    clear() {
      storage.removeItem(key);
    },
  };
}

function parseEntry(text: string): JournalEntry | null {
  try {
    const { revision, graph } = JSON.parse(text) as { revision: unknown; graph: unknown };
    const parsed = graphSchema.safeParse(graph);
    return parsed.success && typeof revision === 'number' ? { revision, graph: parsed.data } : null;
  } catch {
    return null;
  }
}
