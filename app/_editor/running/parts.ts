import { definitions } from '#app/_canvas/definitions.ts';
import { sayDone, sayFailed } from '#app/_ui/toaster.tsx';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { EditorSession } from '../session/session.ts';
import type { EditorDialog } from '../session/ui-store.ts';

/** Kinds whose output can stand in for them. */
const pinnable: readonly string[] = ['task', 'gate', 'branch', 'call'];

/** Whether a node can be run by itself or until it: one that starts runs cannot, nor one that is switched off. */
export function mayRun(node: GraphNode | undefined): boolean {
  const declaration = node && definitions.get(node.type);
  return node !== undefined && declaration !== undefined && declaration.kind !== 'trigger' && !node.disabled;
}

/** Whether an output can stand in for a node. */
export function mayPin(node: GraphNode | undefined): boolean {
  return node !== undefined && pinnable.includes(definitions.get(node.type)?.kind ?? '');
}

/** Runs the selected node alone. False: no single node is selected. */
export const runSelected = (session: EditorSession): boolean =>
  withSelected(session, (nodeId) => ({ kind: 'run-one', nodeId }));
/** Runs what leads to the selected node, and the node. */
export const runUntilSelected = (session: EditorSession): boolean =>
  withSelected(session, (nodeId) => ({ kind: 'run', source: 'draft', until: nodeId }));
/** Goes on with the draft from the selected node in the run on the canvas. */
export const runFromSelected = (session: EditorSession): boolean =>
  withSelected(session, (nodeId) => ({ kind: 'run-from', nodeId }));

/** The node that is selected alone. */
export function selectedNode(session: EditorSession): GraphNode | undefined {
  const { nodes } = session.ui.getState().selection;
  const [nodeId] = nodes;
  return nodes.length === 1 ? session.document.store.getState().graph.nodes.find(({ id }) => id === nodeId) : undefined;
}

function withSelected(session: EditorSession, dialog: (nodeId: string) => EditorDialog): boolean {
  const node = selectedNode(session);
  if (!node) return false;
  if (mayRun(node)) session.ui.setState({ dialog: dialog(node.id) });
  else if (node.disabled) sayFailed('Not run', 'The node is disabled. Enable it, then run it.');
  else sayFailed('Not run', 'This node starts runs. Choose a node behind it.');
  return true;
}

/** Shows a run that was just started: on the canvas, with its timeline. */
export function showStarted(session: EditorSession, runId: string): void {
  session.live.choose(runId);
  session.ui.setState(({ overlays }) => ({
    overlays: { ...overlays, live: true },
    dock: 'timeline',
    travel: null,
    dialog: null,
  }));
}

/** How a node of the graph is called. */
export function titleIn(graph: Graph, nodeId: string): string {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return node?.title || definitions.get(node?.type ?? '')?.title || nodeId;
}

/** Puts the address of the node, with the run on the canvas, onto the clipboard. */
export async function copyLink(session: EditorSession, nodeId: string): Promise<void> {
  const { chosen, runs } = session.live.store.getState();
  const run = chosen === null ? undefined : runs.get(chosen);
  const query = new URLSearchParams({ ...(run ? { run: `R-${run.row.ref}` } : {}), node: nodeId });
  const address = new URL(`/p/${session.projectId}/pipelines/${session.pipelineId}?${query}`, window.location.origin);
  try {
    await navigator.clipboard.writeText(address.href);
    sayDone('Link copied', run ? `It opens R-${run.row.ref} with this node.` : 'It opens the pipeline with this node.');
  } catch {
    sayFailed('Not copied', `The browser did not allow it. The link is ${address.href}`);
  }
}
