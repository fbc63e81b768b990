'use client';
import { Slot } from 'radix-ui';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from 'react';
import { fetchAhead, lazyPart } from './lazy-part.ts';

export { MenuItem, MenuLabel, MenuSeparator } from './menu-parts.tsx';

const load = async () => (await import('./menu-panel.tsx')).MenuPanel;
const MenuPanel = lazyPart(load);

/**
 * A menu under its trigger, which is one element that takes a ref. What draws the menu is fetched when one is about to
 * open it.
 */
export function Menu({
  trigger,
  align = 'end',
  children,
}: {
  trigger: ReactNode;
  align?: 'start' | 'end';
  children: ReactNode;
}) {
  const ids = { trigger: useId(), menu: useId() };
  const anchor = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  /** Null until it was opened: before that, nothing of the menu is on the page. */
  const [by, setBy] = useState<'press' | 'key' | null>(null);
  const toggle = (how: 'press' | 'key', next: boolean) => {
    setBy(how);
    setOpen(next);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.ctrlKey) return;
    // The menu gets the focus, not the trigger.
    if (!open) event.preventDefault();
    toggle('press', !open);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    toggle('key', event.key === 'ArrowDown' || !open);
  };
  return (
    <>
      <Slot.Root
        ref={anchor}
        id={ids.trigger}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? ids.menu : undefined}
        data-state={open ? 'open' : 'closed'}
        onPointerEnter={() => fetchAhead(load)}
        onFocus={() => fetchAhead(load)}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      >
        {trigger}
      </Slot.Root>
      {by !== null && (
        <MenuPanel ids={ids} anchor={anchor} open={open} by={by} align={align} onClose={() => setOpen(false)}>
          {children}
        </MenuPanel>
      )}
    </>
  );
}
