'use client';
import { useEffect } from 'react';
import { redo, undo } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';

/**
 * There is one history, the document's: undo and redo in a field are those of the document. And what is typed reaches
 * the document before anything else is done: a key with Ctrl, a press, leaving the field or the page.
 */
export function useTypingKeys(inspector: React.RefObject<HTMLElement | null>): void {
  const session = useSession();
  useEffect(() => {
    const flush = () => session.document.flush();
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      flush();
      const within = event.target instanceof Element && inspector.current?.contains(event.target);
      const act = within && isWritten(event.target as Element) ? historyKey(event) : null;
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act(session);
    };
    const capture = { capture: true };
    window.addEventListener('keydown', onKeyDown, capture);
    const moments = ['pointerdown', 'focusout', 'pagehide', 'visibilitychange'];
    for (const moment of moments) window.addEventListener(moment, flush, capture);
    return () => {
      flush();
      window.removeEventListener('keydown', onKeyDown, capture);
      for (const moment of moments) window.removeEventListener(moment, flush, capture);
    };
  }, [session, inspector]);
}

/** Whether it holds a part of the document, or writes into what does; what one searches with does not. */
function isWritten(element: Element): boolean {
  return element.closest('input:not([type="search"]), textarea, .cm-editor, [role="tree"]') !== null;
}

function historyKey({ key, shiftKey, altKey }: KeyboardEvent): ((session: EditorSession) => void) | null {
  if (altKey) return null;
  if (key.toLowerCase() === 'z') return shiftKey ? redo : undo;
  return key.toLowerCase() === 'y' ? redo : null;
}
