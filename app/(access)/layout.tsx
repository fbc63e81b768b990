import type { ReactNode } from 'react';
import { ApiProvider } from '#app/_api/provider.tsx';

/** Pages that need no session. */
export default function AccessLayout({ children }: { children: ReactNode }) {
  return <ApiProvider>{children}</ApiProvider>;
}
