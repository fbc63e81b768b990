import { sayFailed } from '#app/_ui/toaster.tsx';
import type { Position } from '../document/command.ts';
import { copyText, cutText, pasteText } from '../session/clipboard.ts';
import type { EditorSession } from '../session/session.ts';

/** Copies or cuts into the system's clipboard, for menus; keys go through the browser's own copy event. */
export async function copyToSystem(session: EditorSession, how: 'copy' | 'cut'): Promise<void> {
  const text = copyText(session);
  if (text === null) return;
  try {
    await navigator.clipboard.writeText(text);
    if (how === 'cut') cutText(session);
  } catch {
    sayFailed('Not copied', 'The browser refuses access to the clipboard here. Use the keys instead.');
  }
}

/** Pastes from the system's clipboard, for menus: to where the menu was opened. */
export async function pasteFromSystem(session: EditorSession, at: Position | null): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    if (!pasteText(session, text, at)) sayFailed('Nothing pasted', 'The clipboard holds no nodes.');
  } catch {
    sayFailed('Not pasted', 'The browser refuses access to the clipboard here. Use the keys instead.');
  }
}
