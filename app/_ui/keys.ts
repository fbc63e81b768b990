'use client';
import { useEffect, useRef } from 'react';

export type KeyMap = Record<string, () => void>;

/** How long the second key of a chord such as `g i` may take. */
const chordMs = 900;

/**
 * Binds plain keys (`j`, `?`, `g i` for one after the other). Never while typing, while a dialog or a menu is open,
 * or together with Ctrl, Cmd or Alt.
 */
export function useKeys(keys: KeyMap, enabled = true): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    let first: { key: string; at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event)) return;
      const chord = first && event.timeStamp - first.at < chordMs ? `${first.key} ${event.key}` : null;
      const act = (chord && current.current[chord]) || current.current[event.key];
      first = { key: event.key, at: event.timeStamp };
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
