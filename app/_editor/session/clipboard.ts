import { plural } from '#app/_ui/format.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { type Graph, graphLimits } from '#nodes/core/graph.ts';
import { fromClipboardText, toClipboardText } from '../document/clipboard-text.ts';
import type { Fragment, Position } from '../document/command.ts';
import { adoptFragment, fragmentOf, selectionOf } from '../document/fragment.ts';
import { groupOf, withMembers } from '../document/groups.ts';
import { removeSelection, select } from './actions.ts';
import { removeWithMembers } from './elements.ts';
import type { EditorSession } from './session.ts';

/** A copy stands this far from what it was copied from. */
const step = 24;

const graphOf = (session: EditorSession) => session.document.store.getState().graph;
const isEmpty = ({ nodes, notes }: Fragment) => nodes.length + notes.length === 0;

/** The selection as a graph document in text; null where nothing is selected. */
export function copyText(session: EditorSession): string | null {
  const graph = graphOf(session);
  const fragment = fragmentOf(graph, session.ui.getState().selection);
  return isEmpty(fragment) ? null : toClipboardText(graph, fragment);
}

export function cutText(session: EditorSession): string | null {
  const text = copyText(session);
  if (text === null) return null;
  if (session.ui.getState().selection.groups?.length) removeWithMembers(session);
  else removeSelection(session);
  return text;
}

/**
 * Pastes a graph document at `at`, else at the pointer, else beside the original where that is there, else in the
 * middle of what is seen. False: the text is meant for something else. Text that is meant for a graph and is none is
 * answered with what is wrong in it; the drawing stays as it was.
 */
export function pasteText(session: EditorSession, text: string, at: Position | null = null): boolean {
  const read = fromClipboardText(text);
  if (read.kind === 'other') return false;
  if (read.kind === 'broken') {
    sayFailed('Nothing pasted: this graph document cannot be read', read.why);
    return true;
  }
  const { fragment } = read;
  const graph = graphOf(session);
  const origin = topLeft([...fragment.nodes, ...fragment.notes]);
  const wanted = at ?? session.view?.pointer() ?? null;
  insert(
    session,
    fragment,
    freeOffset(graph, fragment, wanted ? minus(wanted, origin) : besideOrCentre(session, origin)),
  );
  return true;
}

/** Copies the selection beside itself, without touching the clipboard. What is copied out of a group stays in it. */
export function duplicate(session: EditorSession): boolean {
  const graph = graphOf(session);
  const { selection } = session.ui.getState();
  const fragment = fragmentOf(graph, selection);
  if (isEmpty(fragment)) return false;
  const { nodes, notes } = withMembers(graph, selection);
  const groups = new Set([
    ...nodes.map((id) => groupOf(graph, { kind: 'nodes', id })?.id),
    ...notes.map((id) => groupOf(graph, { kind: 'notes', id })?.id),
  ]);
  const [into] = groups;
  const joins = groups.size === 1 && into !== undefined && fragment.groups === undefined;
  insert(session, fragment, freeOffset(graph, fragment, { x: step, y: step }), joins ? into : undefined);
  return true;
}

function insert(session: EditorSession, fragment: Fragment, offset: Position, into?: string): void {
  const graph = graphOf(session);
  const count = graph.nodes.length + fragment.nodes.length;
  if (count > graphLimits.nodes) {
    const limit = plural(graphLimits.nodes, 'node');
    sayFailed('Nothing pasted', `There would be ${count} nodes; a pipeline holds ${limit} at most. Paste fewer.`);
    return;
  }
  const adopted = adoptFragment(graph, fragment, offset);
  session.document.dispatch({ kind: 'insert', fragment: adopted, ...(into === undefined ? {} : { into }) });
  select(session, selectionOf(adopted));
}

/** Where the original is on the drawing the copy goes beside it; else to the middle. */
function besideOrCentre(session: EditorSession, origin: Position): Position {
  const graph = graphOf(session);
  const there = [...graph.nodes, ...graph.notes].some(({ position }) => isSame(position, origin));
  const centre = session.view?.centre() ?? origin;
  return there ? { x: step, y: step } : minus(centre, origin);
}

/** Never exactly on top of something: as often as it is pasted, a step further. */
function freeOffset(graph: Graph, fragment: Fragment, wanted: Position): Position {
  const taken = new Set([...graph.nodes, ...graph.notes].map(({ position }) => keyOf(position)));
  const placed = [...fragment.nodes, ...fragment.notes];
  const offset = { x: Math.round(wanted.x), y: Math.round(wanted.y) };
  while (placed.some(({ position }) => taken.has(keyOf({ x: position.x + offset.x, y: position.y + offset.y })))) {
    offset.x += step;
    offset.y += step;
  }
  return offset;
}

function keyOf({ x, y }: Position): string {
  return `${Math.round(x)} ${Math.round(y)}`;
}

function isSame(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < 2 && Math.abs(a.y - b.y) < 2;
}

function minus(a: Position, b: Position): Position {
  return { x: a.x - b.x, y: a.y - b.y };
}

function topLeft(placed: readonly { position: Position }[]): Position {
  return {
    x: Math.min(...placed.map(({ position }) => position.x)),
    y: Math.min(...placed.map(({ position }) => position.y)),
  };
}
