import { groupIdOf, noteIdOf } from '#app/_canvas/flow-elements.ts';
import { select } from '../session/actions.ts';
import type { EditorSession } from '../session/session.ts';
import { type Hit, searchGraph } from './search-graph.ts';

/** Opens the bar of Find, or brings it back to hand. */
export function openFind(session: EditorSession): void {
  session.ui.setState(({ find }) => ({
    sheet: null,
    find: find ? { ...find, turn: find.turn + 1 } : { query: '', hits: [], at: 0, turn: 1 },
  }));
}

export function closeFind(session: EditorSession): boolean {
  if (session.ui.getState().find === null) return false;
  session.ui.setState({ find: null });
  session.view?.focus();
  return true;
}

/** Looks for the text. What was looked at stays the one that is looked at as long as it is found. */
export function findText(session: EditorSession, query: string): void {
  const { find } = session.ui.getState();
  if (!find) return;
  const hits = searchGraph(session.document.store.getState().graph, query);
  const before = find.hits[find.at];
  const same = hits.findIndex(({ flowId, field }) => flowId === before?.flowId && field === before.field);
  session.ui.setState({ find: { ...find, query, hits, at: Math.max(0, same) } });
}

/** Goes to the next hit (1), the one before (-1), or shows the one that is looked at (0). */
export function stepFind(session: EditorSession, by: 1 | -1 | 0): void {
  const { find } = session.ui.getState();
  if (!find || find.hits.length === 0) return;
  const at = (find.at + by + find.hits.length) % find.hits.length;
  session.ui.setState({ find: { ...find, at } });
  const hit = find.hits[at];
  if (hit) show(session, hit);
}

function show(session: EditorSession, { flowId, at }: Hit): void {
  const [noteId, groupId] = [noteIdOf(flowId), groupIdOf(flowId)];
  if (noteId !== null) select(session, { notes: [noteId] });
  else if (groupId !== null) select(session, { groups: [groupId] });
  else select(session, { nodes: [flowId] });
  session.view?.frame([flowId]);
  if (at !== null) session.ui.setState({ section: 'configure' });
}
