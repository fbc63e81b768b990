'use client';
import { Portal } from 'radix-ui';
import { DismissableLayer, Popper } from 'radix-ui/internal';
import { type ReactNode, type RefObject, useEffect } from 'react';
import type { TooltipGesture } from './tooltip-gesture.ts';

/** The explanation beside what it explains. Escape, a press elsewhere and scrolling close it. */
export function TooltipPanel({
  id,
  anchor,
  side,
  gesture,
  children,
}: {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  side: 'top' | 'right' | 'bottom' | 'left';
  gesture: TooltipGesture;
  children: ReactNode;
}) {
  useEffect(() => {
    const closeWhereMoved = ({ target }: Event) => {
      if (target instanceof Node && target.contains(anchor.current)) gesture.close();
    };
    // Before the keys of the page, which may keep Escape for themselves.
    const closeByKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') gesture.close();
    };
    window.addEventListener('scroll', closeWhereMoved, { capture: true });
    window.addEventListener('keydown', closeByKey, { capture: true });
    return () => {
      window.removeEventListener('scroll', closeWhereMoved, { capture: true });
      window.removeEventListener('keydown', closeByKey, { capture: true });
    };
  }, [anchor, gesture]);
  return (
    <Popper.Root>
      <Popper.Anchor virtualRef={anchor} />
      <Portal.Root asChild>
        <DismissableLayer.Root asChild onFocusOutside={(event) => event.preventDefault()} onDismiss={gesture.close}>
          <Popper.Content
            id={id}
            role="tooltip"
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onPointerEnter={gesture.stay}
            onPointerLeave={gesture.leave}
            className="fade-in z-50 flex max-w-80 items-center gap-2 rounded-control border border-line-strong bg-raised px-2 py-1 text-12 text-fg shadow-pop"
          >
            {children}
          </Popper.Content>
        </DismissableLayer.Root>
      </Portal.Root>
    </Popper.Root>
  );
}
