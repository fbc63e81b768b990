import type { ReactNode } from 'react';
import { PaletteProvider } from '#app/_shell/palette/palette-context.tsx';

/** Pages of one project, with the command palette. */
export default function ProjectLayout({ children }: { children: ReactNode }) {
  return <PaletteProvider>{children}</PaletteProvider>;
}
