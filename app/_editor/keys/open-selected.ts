import { groupIdOf } from '#app/_canvas/flow-elements.ts';
import { select } from '../session/actions.ts';
import { rename } from '../session/elements.ts';
import type { EditorSession } from '../session/session.ts';

/** Opens what is selected: a node's configuration, or a note or a group's title where it stands. */
export function openSelected(session: EditorSession): boolean {
  const { nodes } = session.ui.getState().selection;
  if (nodes.length !== 1) return rename(session) || selectFocusedGroup(session);
  session.ui.setState({ sheet: 'inspector', section: 'configure' });
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-field] input, [data-field] .cm-content')?.focus(),
  );
  return true;
}

/** A frame that the keyboard has come to is selected first. */
function selectFocusedGroup(session: EditorSession): boolean {
  const focused = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? '';
  const groupId = groupIdOf(focused);
  if (groupId === null) return false;
  select(session, { groups: [groupId] });
  return true;
}
