import { statusWord } from '#app/_ui/status.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { select } from '../session/actions.ts';
import type { EditorSession } from '../session/session.ts';
import { type Direction, neighbourOf, nextInReadingOrder } from './neighbours.ts';

const graphOf = (session: EditorSession): Graph => session.document.store.getState().graph;
const selectedNode = (session: EditorSession): string | null => session.ui.getState().selection.nodes[0] ?? null;

/** Goes along the wires from the selected node; where none is selected, to the first. False: there is nothing that way. */
export function walk(session: EditorSession, direction: Direction): boolean {
  const from = selectedNode(session);
  const graph = graphOf(session);
  const to = from === null ? nextInReadingOrder(graph, null, 1) : neighbourOf(graph, from, direction);
  return goTo(session, to);
}

/** Goes to the node before or after the selected one, as one reads. */
export function walkThrough(session: EditorSession, step: 1 | -1): boolean {
  return goTo(session, nextInReadingOrder(graphOf(session), selectedNode(session), step));
}

/** Selects the wires that leave the selected node, one after the other: to insert on one, or to delete it. */
export function walkWires(session: EditorSession): boolean {
  const graph = graphOf(session);
  const { nodes, edges } = session.ui.getState().selection;
  const current = graph.edges.find(({ id }) => id === edges[0]);
  const from = nodes[0] ?? current?.from;
  const leaving = graph.edges.filter((edge) => edge.from === from);
  const next = leaving[(leaving.findIndex(({ id }) => id === current?.id) + 1) % leaving.length];
  if (!next) return false;
  select(session, { edges: [next.id] });
  session.view?.focus();
  say(session, `Wire from ${titleOf(graph, next.from)}, ${next.outcome}, to ${titleOf(graph, next.to)}`);
  return true;
}

/** Opens the question what the selected node is to lead to. False: no single node is selected. */
export function askToConnect(session: EditorSession): boolean {
  const { nodes } = session.ui.getState().selection;
  const [from] = nodes;
  if (from === undefined || nodes.length !== 1) return false;
  session.ui.setState({ dialog: { kind: 'connect', from } });
  return true;
}

/** Lets a screen reader say a text. */
export function say(session: EditorSession, text: string): void {
  session.ui.setState(({ spoken }) => ({ spoken: { text, turn: (spoken?.turn ?? 0) + 1 } }));
}

/** What a node is called for those who hear it: its title, its type, how it goes, what is wrong with it. */
export function spokenNode(session: EditorSession, nodeId: string, name: string): string {
  const live = session.status.card(nodeId);
  const mark = session.problems.marks.get(nodeId);
  const status = live && `${statusWord(live.status)}${live.detail ? `, ${live.detail}` : ''}`;
  const problem = mark && `${mark.severity}: ${mark.findings.map(({ message }) => message).join(' ')}`;
  return [name, status, problem].filter(Boolean).join('. ');
}

function goTo(session: EditorSession, nodeId: string | null): boolean {
  if (nodeId === null) return false;
  select(session, { nodes: [nodeId] });
  session.view?.reach(nodeId);
  return true;
}

function titleOf(graph: Graph, nodeId: string): string {
  return graph.nodes.find(({ id }) => id === nodeId)?.title ?? nodeId;
}
