import type { ReactNode } from 'react';
import { Shell } from '#app/_shell/shell.tsx';

/** Pages with the sidebar: all but the editor, which takes the whole window. */
export default function ShellLayout({ children }: { children: ReactNode }) {
  return <Shell>{children}</Shell>;
}
