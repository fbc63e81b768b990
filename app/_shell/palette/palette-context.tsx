'use client';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { lazyPart } from '#app/_ui/lazy-part.ts';

const Palette = lazyPart(async () => (await import('./palette.tsx')).Palette);

type PaletteControl = { open: () => void };

const PaletteContext = createContext<PaletteControl>({ open: () => {} });

/** Opens the command palette from anywhere in a project. */
export function usePalette(): PaletteControl {
  return useContext(PaletteContext);
}

/** Holds the command palette and its key, Ctrl or Cmd with K. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  const control = useMemo(() => ({ open: () => setShown(true) }), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setShown((before) => !before);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <PaletteContext value={control}>
      {children}
      {shown && <Palette onClose={() => setShown(false)} />}
    </PaletteContext>
  );
}
