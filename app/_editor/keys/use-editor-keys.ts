'use client';
import { useEffect } from 'react';
import { copyText, cutText, pasteText } from '../session/clipboard.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { keyFor } from './editor-keys.ts';

/** Binds the editor's keys and the browser's copy, cut and paste. Never while typing or while a dialog is open. */
export function useEditorKeys(): void {
  const session = useSession();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const entry = keyFor(event);
      if (!entry) return;
      if (isElsewhere(event, entry.always === true)) {
        if (entry.shadows) event.stopPropagation();
        return;
      }
      if (entry.act(session, event.key) === false) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const clipboard = clipboardListeners(session);
    document.addEventListener('keydown', onKeyDown, { capture: true });
    for (const [kind, listener] of clipboard) document.addEventListener(kind, listener);
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true });
      for (const [kind, listener] of clipboard) document.removeEventListener(kind, listener);
    };
  }, [session]);
}

function clipboardListeners(session: EditorSession): ['copy' | 'cut' | 'paste', (event: ClipboardEvent) => void][] {
  const take = (read: (session: EditorSession) => string | null) => (event: ClipboardEvent) => {
    if (isElsewhere(event, false) || !window.getSelection()?.isCollapsed) return;
    const text = read(session);
    if (text === null || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  };
  const paste = (event: ClipboardEvent) => {
    if (isElsewhere(event, false)) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (pasteText(session, text)) event.preventDefault();
  };
  return [
    ['copy', take(copyText)],
    ['cut', take(cutText)],
    ['paste', paste],
  ];
}

/** What is written into, or has all its keys for itself. */
const typing = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="tree"], .cm-editor';
const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** Buttons and links have Enter and the arrows for themselves. */
const pressed = 'button, a, [role="tab"], [role="slider"], summary';
const pressKeys: ReadonlySet<string> = new Set(['Enter', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/** Whether what is pressed goes into a text. */
export function isTyping(event: Event): boolean {
  return event.target instanceof Element && event.target.closest(typing) !== null;
}

function isElsewhere(event: Event, always: boolean): boolean {
  if (document.querySelector(overlays)) return true;
  const element = event.target instanceof Element ? event.target : null;
  if (always || !element) return false;
  if (element.closest(typing)) return true;
  return event instanceof KeyboardEvent && pressKeys.has(event.key) && element.closest(pressed) !== null;
}
