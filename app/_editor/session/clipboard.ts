import type { Position } from '../document/command.ts';
import { adoptFragment, fragmentOf, fromClipboardText, selectionOf, toClipboardText } from '../document/fragment.ts';
import { removeSelection, select } from './actions.ts';
import type { EditorSession } from './session.ts';

/** A copy stands this far from what it was copied from, per time it is pasted. */
const step = 24;

/** The selection as a graph document in text; null where nothing is selected. */
export function copyText(session: EditorSession): string | null {
  const { graph } = session.document.store.getState();
  const fragment = fragmentOf(graph, session.ui.getState().selection);
  return fragment.nodes.length + fragment.notes.length === 0 ? null : toClipboardText(graph, fragment);
}

export function cutText(session: EditorSession): string | null {
  const text = copyText(session);
  if (text !== null) removeSelection(session);
  return text;
}

/** Pastes a graph document: beside the original where that is there still, else in the middle of what is seen. */
export function pasteText(session: EditorSession, text: string): boolean {
  const fragment = fromClipboardText(text);
  if (!fragment) return false;
  const { graph } = session.document.store.getState();
  const origin = topLeft([...fragment.nodes, ...fragment.notes]);
  const collides = graph.nodes.some(
    ({ position }) => Math.abs(position.x - origin.x) < 2 && Math.abs(position.y - origin.y) < 2,
  );
  const centre = session.view?.centre() ?? origin;
  const offset = collides ? { x: step, y: step } : { x: centre.x - origin.x, y: centre.y - origin.y };
  insert(session, text, offset);
  return true;
}

export function duplicate(session: EditorSession): boolean {
  const text = copyText(session);
  if (text === null) return false;
  insert(session, text, { x: step, y: step });
  return true;
}

function insert(session: EditorSession, text: string, offset: Position): void {
  const fragment = fromClipboardText(text);
  if (!fragment) return;
  const adopted = adoptFragment(session.document.store.getState().graph, fragment, offset);
  session.document.dispatch({ kind: 'insert', fragment: adopted });
  select(session, selectionOf(adopted));
}

function topLeft(placed: readonly { position: Position }[]): Position {
  return {
    x: Math.min(...placed.map(({ position }) => position.x)),
    y: Math.min(...placed.map(({ position }) => position.y)),
  };
}
