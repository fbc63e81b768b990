import { groupIdOf } from '#app/_canvas/flow-elements.ts';
import { select } from '../session/actions.ts';
import { rename } from '../session/elements.ts';
import type { EditorSession } from '../session/session.ts';

/** Opens what is selected: a node's configuration, or a note or a group's title where it stands. */
export function openSelected(session: EditorSession): boolean {
  const { nodes } = session.ui.getState().selection;
  if (nodes.length !== 1) return rename(session) || selectFocusedGroup(session);
  session.ui.setState({ sheet: 'inspector', section: 'configure' });
  focusFirstField(nodes[0] as string, performance.now() + patienceMs);
  return true;
}

/** The inspector follows the selection a little later, and comes with the first one. */
const patienceMs = 3_000;

/** A field that is still being put up does not take the focus: it is asked again, until it has it. */
function focusFirstField(nodeId: string, until: number): void {
  requestAnimationFrame(() => {
    const fields = `[data-inspects="${CSS.escape(nodeId)}"] [data-field]`;
    const field = document.querySelector<HTMLElement>(`${fields} input, ${fields} .cm-content`);
    field?.focus();
    const reached = field !== null && document.activeElement === field;
    if (!reached && performance.now() < until) focusFirstField(nodeId, until);
  });
}

/** A frame that the keyboard has come to is selected first. */
function selectFocusedGroup(session: EditorSession): boolean {
  const focused = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? '';
  const groupId = groupIdOf(focused);
  if (groupId === null) return false;
  select(session, { groups: [groupId] });
  return true;
}
