'use client';
import { type FocusEvent, useRef } from 'react';

/**
 * Leads the focus from a menu, which gets it as it opens, to its first entry where a key opened it. A menu knows that
 * from the keys it saw itself; one that is fetched by the key that opens it saw none. Answers the menu's `onFocus`.
 */
export function useFirstEntry(openedByKey: boolean): (event: FocusEvent<HTMLElement>) => void {
  const led = useRef(false);
  if (!openedByKey) led.current = false;
  return ({ target, currentTarget }) => {
    if (!openedByKey || led.current || target !== currentTarget) return;
    led.current = true;
    currentTarget.querySelector<HTMLElement>('[role="menuitem"]:not([data-disabled])')?.focus({ preventScroll: true });
  };
}
