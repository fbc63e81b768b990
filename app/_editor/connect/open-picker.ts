import type { Position } from '../document/command.ts';
import { wireOfSelection } from '../session/actions.ts';
import type { EditorSession } from '../session/session.ts';
import { placeOnEdge } from './insert.ts';
import { handleOnScreen, middleOfEdge } from './on-screen.ts';
import type { InsertPlace } from './place.ts';

/** Asks which node goes to a place. `at`: where on the canvas it was pointed to. */
export function openPicker(
  session: EditorSession,
  place: InsertPlace,
  where: { screen: Position; at?: Position },
): void {
  session.ui.setState({ picker: { place, screen: where.screen, at: where.at ?? null } });
}

/** Asks which node goes on an edge. False: nothing can stand there. */
export function openPickerOnEdge(session: EditorSession, edgeId: string): boolean {
  const place = placeOnEdge(session.document.store.getState().graph, edgeId);
  if (!place) return false;
  openPicker(session, place, { screen: middleOfEdge(edgeId) ?? middleOfScreen() });
  return true;
}

/**
 * What the Tab key does on the canvas: behind the selected node, on the selected edge, or, where nothing is selected
 * and the canvas itself was clicked, in its middle. False: the key goes on through the page as ever, so also where
 * another element has the focus than the one that is selected.
 */
export function insertByTab(session: EditorSession): boolean {
  const { nodes, edges, notes, groups = [] } = session.ui.getState().selection;
  const focus = focusOnCanvas();
  if (focus === null || notes.length + groups.length > 0) return false;
  const [node] = nodes;
  const [edge] = edges;
  if (nodes.length === 1 && node !== undefined && (focus.id === null || focus.id === node))
    return behind(session, node);
  if (nodes.length === 0 && edges.length === 1 && edge !== undefined && (focus.id === null || focus.id === edge))
    return openPickerOnEdge(session, edge);
  if (nodes.length + edges.length > 0 || focus.where !== 'pane') return false;
  openPicker(session, { kind: 'free' }, { screen: middleOfScreen() });
  return true;
}

function behind(session: EditorSession, nodeId: string): boolean {
  const wire = wireOfSelection(session);
  if (!wire) return false;
  openPicker(session, { kind: 'after', wire }, { screen: handleOnScreen(nodeId, wire.outcome) ?? middleOfScreen() });
  return true;
}

type Focus = { where: 'page' | 'pane' | 'element'; id: string | null };

/** What has the focus: nothing yet, the canvas itself, one of its elements; null: something else of the page. */
function focusOnCanvas(): Focus | null {
  const active = document.activeElement;
  if (!active || active === document.body) return { where: 'page', id: null };
  if (active.matches('main[aria-label="Canvas"]')) return { where: 'pane', id: null };
  if (!active.matches('.react-flow__node, .react-flow__edge')) return null;
  return { where: 'element', id: active.getAttribute('data-id') };
}

function middleOfScreen(): Position {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect();
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 };
}
