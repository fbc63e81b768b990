import { rename } from '../session/elements.ts';
import type { EditorSession } from '../session/session.ts';

/** Opens what is selected: a node's configuration, or a note or a group's title where it stands. */
export function openSelected(session: EditorSession): boolean {
  const { nodes } = session.ui.getState().selection;
  if (nodes.length !== 1) return rename(session);
  session.ui.setState({ sheet: 'inspector', section: 'configure' });
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-field] input, [data-field] .cm-content')?.focus(),
  );
  return true;
}
