import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import type { Fix } from '#nodes/core/diagnostics.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { mainOutcome, mayConnect, type WireEnd, wiringOf } from '../connect/targets.ts';
import type { Fragment, InputBinding, Position, Selection } from '../document/command.ts';
import { commandOfFix } from '../document/fix.ts';
import { newEdge, newNodeId, newNoteId } from '../document/ids.ts';
import { freePlace, placeAfter } from '../layout/place.ts';
import { tidyPositions } from '../layout/tidy.ts';
import type { EditorSession } from './session.ts';
import { noSelection } from './ui-store.ts';

const graphOf = (session: EditorSession) => session.document.store.getState().graph;
const selectionOfUi = (session: EditorSession) => session.ui.getState().selection;

export function select(session: EditorSession, selection: Partial<Selection>): void {
  session.ui.setState({ selection: { ...noSelection, ...selection } });
}

export function selectAll(session: EditorSession): void {
  const graph = graphOf(session);
  select(session, { nodes: graph.nodes.map(({ id }) => id), notes: graph.notes.map(({ id }) => id) });
}

export function removeSelection(session: EditorSession): boolean {
  const removed = session.document.dispatch({ kind: 'remove', selection: selectionOfUi(session) });
  if (removed) select(session, {});
  return removed;
}

export function undo(session: EditorSession): void {
  if (session.document.undo()) forgetMissing(session);
}

export function redo(session: EditorSession): void {
  if (session.document.redo()) forgetMissing(session);
}

/** Moves the selection by so many flow pixels. */
export function nudge(session: EditorSession, by: Position): boolean {
  const { nodes, notes } = selectionOfUi(session);
  const graph = graphOf(session);
  const moved = (list: readonly { id: string; position: Position }[], ids: string[]) =>
    Object.fromEntries(
      list
        .filter(({ id }) => ids.includes(id))
        .map(({ id, position }) => [id, { x: position.x + by.x, y: position.y + by.y }]),
    );
  return session.document.dispatch({
    kind: 'move',
    nodes: moved(graph.nodes, nodes),
    notes: moved(graph.notes, notes),
  });
}

export function tidy(session: EditorSession): void {
  const graph = graphOf(session);
  session.document.dispatch({ kind: 'tidy', nodes: tidyPositions(graph, cardModels(graph, definitions)) });
  session.view?.fit();
}

export function applyFix(session: EditorSession, fix: Fix): void {
  session.document.dispatch(commandOfFix(fix), { origin: 'fix' });
  forgetMissing(session);
}

/** Adds a node of a type: at a place, behind a wire, or after the selected node. Answers its id. */
export async function addNode(
  session: EditorSession,
  type: string,
  where: { at?: Position; wire?: WireEnd | null } = {},
): Promise<string | null> {
  const declaration = definitions.get(type);
  if (!declaration) return null;
  const graph = graphOf(session);
  const wire = where.wire === undefined && where.at === undefined ? wireOfSelection(session) : (where.wire ?? null);
  const before = graph.nodes.find(({ id }) => id === wire?.from);
  const position = where.at
    ? freePlace(graph, where.at)
    : before
      ? placeAfter(graph, before.position)
      : freePlace(graph, session.view?.centre() ?? { x: 0, y: 0 });
  const node: GraphNode = {
    id: newNodeId(graph, type),
    type,
    version: declaration.version,
    config: {},
    inputs: {},
    position,
  };
  const wired = wire !== null && before !== undefined && declaration.kind !== 'trigger';
  const edges = wired ? [newEdge(graph.edges, { ...wire, to: node.id })] : [];
  const fragment = { nodes: [node], edges, notes: [] };
  const bindings = wired ? await session.language.propose(withFragment(graph, fragment), { ...wire, to: node.id }) : {};
  session.document.dispatch({ kind: 'insert', fragment, bindings: bindingsFor(node.id, bindings) });
  select(session, { nodes: [node.id] });
  return node.id;
}

/** Draws an edge and binds the inputs that it makes possible, as one undoable edit. False: the wire is not allowed. */
export async function connect(session: EditorSession, ends: WireEnd & { to: string }): Promise<boolean> {
  const graph = graphOf(session);
  if (!mayConnect(wiringOf(graph, definitions), ends)) return false;
  const edge = newEdge(graph.edges, ends);
  const proposed = await session.language.propose(graph, ends);
  session.document.dispatch({ kind: 'connect', edge, bindings: bindingsFor(ends.to, proposed) });
  return true;
}

export function addNote(session: EditorSession, at?: Position): void {
  const id = newNoteId(graphOf(session));
  const position = at ?? session.view?.centre() ?? { x: 0, y: 0 };
  const note = { id, text: '', position: { x: Math.round(position.x), y: Math.round(position.y) } };
  session.document.dispatch({ kind: 'insert', fragment: { nodes: [], edges: [], notes: [note] } });
  select(session, { notes: [id] });
  session.ui.setState({ editingNote: id });
}

/** Selects a node, brings it and one of its fields into view. */
export function reveal(session: EditorSession, nodeId: string, field?: string): void {
  select(session, { nodes: [nodeId] });
  session.view?.frame([nodeId]);
  const turn = (session.ui.getState().field?.turn ?? 0) + 1;
  if (field !== undefined) session.ui.setState({ field: { nodeId, field, turn }, section: 'configure' });
}

/** Begins to edit the title of the selected node. */
export function rename(session: EditorSession): boolean {
  const [nodeId] = selectionOfUi(session).nodes;
  if (nodeId === undefined) return false;
  const turn = (session.ui.getState().renaming?.turn ?? 0) + 1;
  session.ui.setState({ renaming: { nodeId, turn }, section: 'configure' });
  return true;
}

/** A new node continues the selected one, from its main outcome as long as nothing follows there. */
function wireOfSelection(session: EditorSession): WireEnd | null {
  const { nodes } = selectionOfUi(session);
  const [from] = nodes;
  if (from === undefined || nodes.length !== 1) return null;
  const graph = graphOf(session);
  const outcome = mainOutcome(cardModels(graph, definitions).get(from)?.outcomes ?? []);
  return outcome === null ? null : { from, outcome };
}

function withFragment(graph: Graph, added: Fragment): Graph {
  return { ...graph, nodes: [...graph.nodes, ...added.nodes], edges: [...graph.edges, ...added.edges] };
}

function bindingsFor(nodeId: string, proposals: Record<string, InputBinding['binding']>): InputBinding[] {
  return Object.entries(proposals).map(([input, binding]) => ({ nodeId, input, binding }));
}

/** Nothing that is gone stays selected. */
function forgetMissing(session: EditorSession): void {
  const graph = graphOf(session);
  const { nodes, edges, notes } = selectionOfUi(session);
  const among = (ids: string[], present: readonly { id: string }[]) =>
    ids.filter((id) => present.some((element) => element.id === id));
  select(session, {
    nodes: among(nodes, graph.nodes),
    edges: among(edges, graph.edges),
    notes: among(notes, graph.notes),
  });
}
