'use client';
import { Menu as Radix } from 'radix-ui/internal';
import { type ReactNode, type RefObject, useRef } from 'react';
import { MenuParts } from './menu-parts.tsx';
import { useFirstEntry } from './use-first-entry.ts';

/** The menu itself. What was focused before has the focus again once it is closed. */
export function MenuPanel({
  ids,
  anchor,
  open,
  by,
  align,
  onClose,
  children,
}: {
  ids: { trigger: string; menu: string };
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  by: 'press' | 'key';
  align: 'start' | 'end';
  onClose: () => void;
  children: ReactNode;
}) {
  const leftByRightPress = useRef(false);
  const firstEntry = useFirstEntry(open && by === 'key');
  return (
    <Radix.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Radix.Anchor virtualRef={anchor} />
      <Radix.Portal>
        <Radix.Content
          id={ids.menu}
          aria-labelledby={ids.trigger}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onFocus={firstEntry}
          onInteractOutside={({ detail: { originalEvent } }) => {
            leftByRightPress.current = 'button' in originalEvent && originalEvent.button === 2;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftByRightPress.current) anchor.current?.focus();
            leftByRightPress.current = false;
          }}
          className="fade-in z-50 max-h-(--radix-popper-available-height) min-w-44 overflow-auto rounded-float border border-line-strong bg-raised p-1 shadow-pop"
        >
          <MenuParts value={Radix}>{children}</MenuParts>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
