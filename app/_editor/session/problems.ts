import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { reveal, select } from './actions.ts';
import type { EditorSession } from './session.ts';

/** Names a finding, as long as it stays the same. */
export function keyOfProblem({ code, nodeId, edgeId, field, message }: Diagnostic): string {
  return [code, nodeId, edgeId, field, message].join(' ');
}

/** Selects what a finding is about and brings it into view, and the finding in the list. */
export function goToProblem(session: EditorSession, diagnostic: Diagnostic): void {
  const { nodeId, edgeId, field = '' } = diagnostic;
  const [, prompt] = /^prompts\.(\w+)\./.exec(field) ?? [];
  const edge =
    edgeId === undefined ? undefined : session.document.store.getState().graph.edges.find(({ id }) => id === edgeId);
  if (edge) {
    select(session, { edges: [edge.id] });
    session.view?.frame([edge.from, edge.to]);
  } else if (nodeId !== undefined) reveal(session, nodeId, diagnostic.field);
  else if (/^(prompts|settings)\./.test(field)) select(session, {});
  session.ui.setState({
    problem: keyOfProblem(diagnostic),
    dock: 'problems',
    dockOpen: true,
    sheet: nodeId === undefined && field === '' ? null : 'inspector',
    ...(prompt === undefined ? {} : { prompt }),
  });
}

/** Goes to the problem after or before the one that was gone to last; from the end to the start. False: there is none. */
export function stepProblem(session: EditorSession, step: 1 | -1): boolean {
  const { diagnostics } = session.problems.store.getState();
  const { problem } = session.ui.getState();
  const at = diagnostics.findIndex((diagnostic) => keyOfProblem(diagnostic) === problem);
  const next = at < 0 && step < 0 ? diagnostics.length - 1 : (at + step + diagnostics.length) % diagnostics.length;
  const found = diagnostics[next];
  if (!found) return false;
  goToProblem(session, found);
  return true;
}

/** Goes to the gravest problem of a node or an edge: what its mark does when it is pressed. */
export function openProblem(session: EditorSession, at: { nodeId: string } | { edgeId: string }): void {
  const { diagnostics } = session.problems.store.getState();
  const found = diagnostics.find((one) =>
    'edgeId' in at ? one.edgeId === at.edgeId : one.nodeId === at.nodeId && one.edgeId === undefined,
  );
  if (found) goToProblem(session, found);
}
