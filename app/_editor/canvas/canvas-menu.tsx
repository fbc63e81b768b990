'use client';
import { useReactFlow } from '@xyflow/react';
import { Slot } from 'radix-ui';
import { type MouseEvent, type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { fetchSoon, lazyPart } from '#app/_ui/lazy-part.ts';
import { useSession } from '../session/context.ts';

const load = async () => (await import('./canvas-menu-panel.tsx')).CanvasMenuPanel;
const CanvasMenuPanel = lazyPart(load);

/** A finger that rests this long asks for the menu, where the browser does not say so itself. */
const longPressMs = 700;

/** Where the menu was asked for on the screen, and by what. */
type Asked = { x: number; y: number; by: 'press' | 'key' };

/** The menu of the second mouse button: for what is selected, or for the canvas. */
export function CanvasMenu({ children }: { children: ReactElement }) {
  const session = useSession();
  const { screenToFlowPosition } = useReactFlow();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  /** Shift+F10 says of itself that a mouse did it. */
  const by = useRef<Asked['by']>('press');
  useEffect(() => fetchSoon(load), []);
  const ask = (where: Asked) => {
    session.ui.setState({ menuAt: screenToFlowPosition(where) });
    setAsked(where);
    setOpen(true);
  };
  const { clear, ...resting } = useLongPress(({ clientX, clientY }) => ask({ x: clientX, y: clientY, by: 'press' }));
  const onContextMenu = (event: MouseEvent) => {
    clear();
    event.preventDefault();
    ask({ x: event.clientX, y: event.clientY, by: by.current });
  };
  return (
    <>
      <Slot.Root
        style={{ WebkitTouchCallout: 'none' }}
        onContextMenu={onContextMenu}
        {...resting}
        onKeyDown={() => {
          by.current = 'key';
        }}
        onPointerDown={(event) => {
          by.current = 'press';
          resting.onPointerDown(event);
        }}
      >
        {children}
      </Slot.Root>
      {asked && <CanvasMenuPanel at={asked} open={open} by={asked.by} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Handlers that tell of a finger or a pen that rests in one place. `clear`: this press is answered already. */
function useLongPress(rested: (event: PointerEvent) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const clear = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onPointerDown = (event: PointerEvent) => {
    clear();
    if (event.pointerType !== 'mouse') timer.current = setTimeout(() => rested(event), longPressMs);
  };
  return { clear, onPointerDown, onPointerMove: clear, onPointerUp: clear, onPointerCancel: clear };
}
