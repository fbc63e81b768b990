import type { EditorSession } from '../session/session.ts';

/** Brings the library's search to hand; on a narrow screen the library itself. */
export function focusLibrary(session: EditorSession): void {
  session.ui.setState({ sheet: 'library' });
  requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-library-search]')?.focus());
}
