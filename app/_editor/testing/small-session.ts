import type { Graph } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../document/store.ts';
import { createTidier } from '../layout/tidier.ts';
import { createLiveRuns } from '../live/live-runs.ts';
import type { EditorSession } from '../session/session.ts';
import { createUiStore } from '../session/ui-store.ts';

/** A session with what actions on the drawing need: its document and what is selected; nothing runs, nothing is saved. */
export function smallSession(graph: Graph, pinned: string[] = []): EditorSession {
  const parts: Partial<EditorSession> = {
    document: createDocumentStore(graph),
    ui: createUiStore(),
    live: createLiveRuns({ pipelineId: 'p', fetchRun: async () => null }),
    view: null,
    pins: { has: (id: string) => pinned.includes(id) } as EditorSession['pins'],
    tidier: createTidier(() => {
      throw new Error('No workers here.');
    }),
  };
  return parts as EditorSession;
}
