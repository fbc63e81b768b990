import type { Graph } from '#nodes/core/graph.ts';
import { select } from '../session/actions.ts';
import type { EditorSession } from '../session/session.ts';

/**
 * Puts a state in the draft's place, as one undoable edit; what the draft was stays in the history. The name is the
 * pipeline's and stays as it is. False: the draft is that already.
 */
export function restoreState(session: EditorSession, { label, graph }: { label: string; graph: Graph }): boolean {
  const { document } = session;
  document.settle();
  const { name } = document.store.getState().graph;
  const why = { origin: 'restore', label: `Restore ${label}` } as const;
  const restored = document.dispatch({ kind: 'replace', graph: { ...graph, name }, label: why.label }, why);
  if (restored) select(session, {});
  document.settle();
  return restored;
}
