'use client';
import { useEffect, useRef } from 'react';
import { actionOf, type KeyMap, type Pressed } from './key-match.ts';

/** Keys that go on while they are held: those that only move. A held `a` must not approve one task after the other. */
const mayRepeat = /^(?:[jk]|Arrow.+)$/;

/**
 * Binds plain keys (`j`, `?`, `g i` for one after the other). Never while typing, while a dialog or a menu is open,
 * or together with Ctrl, Cmd or Alt.
 */
export function useKeys(keys: KeyMap, enabled = true): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    let before: Pressed | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event)) return;
      if (event.repeat && !mayRepeat.test(event.key)) return;
      const pressed = { key: event.key, at: event.timeStamp };
      const act = actionOf(current.current, before, pressed);
      before = pressed;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable="true"], [role="combobox"], .cm-editor')) return true;
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null;
}
