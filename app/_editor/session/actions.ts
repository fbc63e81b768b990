import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { noteFlowId } from '#app/_canvas/flow-elements.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { Fix } from '#nodes/core/diagnostics.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { mayConnect, nextOutcome, type WireEnd, wiringOf } from '../connect/targets.ts';
import type { Fragment, InputBinding, Position, Selection } from '../document/command.ts';
import { commandOfFix } from '../document/fix.ts';
import { withMembers } from '../document/groups.ts';
import { newEdge, newNodeId, newNoteId } from '../document/ids.ts';
import { groupAt } from '../layout/moved-groups.ts';
import { freePlace, placeAfter } from '../layout/place.ts';
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
  const graph = graphOf(session);
  const { nodes, notes } = withMembers(graph, selectionOfUi(session));
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

export function applyFix(session: EditorSession, fix: Fix): void {
  const command = commandOfFix(fix, graphOf(session));
  if (!command) return;
  session.document.dispatch(command, { origin: 'fix' });
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
  const node = newNode(graph, declaration, position);
  const wired = wire !== null && before !== undefined && declaration.kind !== 'trigger';
  const edges = wired ? [newEdge(graph.edges, { ...wire, to: node.id })] : [];
  const fragment = { nodes: [node], edges, notes: [] };
  const bindings = wired ? await session.language.propose(withFragment(graph, fragment), { ...wire, to: node.id }) : {};
  const into = groupAt(graph, position);
  session.document.dispatch({
    kind: 'insert',
    fragment,
    bindings: bindingsFor(node.id, bindings),
    ...(into === null ? {} : { into }),
  });
  select(session, { nodes: [node.id] });
  return node.id;
}

/** A node of a type as it comes out of the library: its configuration is the declared one. */
export function newNode(graph: Graph, { type, version }: AnyNodeDeclaration, position: Position): GraphNode {
  return { id: newNodeId(graph, type), type, version, config: {}, inputs: {}, position };
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
  session.ui.setState({ inPlace: noteFlowId(id) });
}

/** Selects a node, brings it and one of its fields into view. */
export function reveal(session: EditorSession, nodeId: string, field?: string): void {
  select(session, { nodes: [nodeId] });
  session.view?.frame([nodeId]);
  const turn = (session.ui.getState().field?.turn ?? 0) + 1;
  if (field !== undefined) session.ui.setState({ field: { nodeId, field, turn }, section: 'configure' });
}

/** A new node continues the selected one, from its main outcome or from the first that leads nowhere yet. */
export function wireOfSelection(session: EditorSession): WireEnd | null {
  const { nodes } = selectionOfUi(session);
  const [from] = nodes;
  if (from === undefined || nodes.length !== 1) return null;
  const model = cardModels(graphOf(session), definitions).get(from);
  const outcome = model ? nextOutcome(model.outcomes, model.wired) : null;
  return outcome === null ? null : { from, outcome };
}

export function withFragment(graph: Graph, added: Fragment): Graph {
  return { ...graph, nodes: [...graph.nodes, ...added.nodes], edges: [...graph.edges, ...added.edges] };
}

export function bindingsFor(nodeId: string, proposals: Record<string, InputBinding['binding']>): InputBinding[] {
  return Object.entries(proposals).map(([input, binding]) => ({ nodeId, input, binding }));
}

/** Nothing that is gone stays selected. */
function forgetMissing(session: EditorSession): void {
  const graph = graphOf(session);
  const { nodes, edges, notes, groups } = selectionOfUi(session);
  const among = (ids: string[], present: readonly { id: string }[]) =>
    ids.filter((id) => present.some((element) => element.id === id));
  select(session, {
    nodes: among(nodes, graph.nodes),
    edges: among(edges, graph.edges),
    notes: among(notes, graph.notes),
    groups: among(groups ?? [], graph.groups ?? []),
  });
}
