import { graphSchema } from '#nodes/core/graph.ts';
import type { Draft } from './ledger.ts';

const keyOf = (pipelineId: string) => `solograph:unsaved:${pipelineId}`;

/** Unsaved edits as an older version of this software left them in the browser. What cannot be read counts as none. */
export function readLegacy(storage: Pick<Storage, 'getItem'>, pipelineId: string): Draft | null {
  try {
    const { revision, graph } = JSON.parse(storage.getItem(keyOf(pipelineId)) ?? '{}') as Record<string, unknown>;
    const parsed = graphSchema.safeParse(graph);
    if (!parsed.success || typeof revision !== 'number') return null;
    return {
      document: { graph: parsed.data, past: [], future: [] },
      ledger: {
        revision,
        base: null,
        edits: [{ label: 'Edits of an earlier sitting', origin: 'operator' }],
        attempts: [],
      },
    };
  } catch {
    return null;
  }
}

/** Once they stand somewhere else. */
export function forgetLegacy(storage: Pick<Storage, 'removeItem'>, pipelineId: string): void {
  storage.removeItem(keyOf(pipelineId));
}
