import type { ReactNode } from 'react';
import { ApiProvider } from '#app/_api/provider.tsx';
import { Toaster } from '#app/_ui/toaster.tsx';
import { requireOperator } from '#server/access/require-operator.ts';

/** Every page behind the session: without one, the visitor is led to the sign-in page before anything renders. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  await requireOperator();
  return (
    <ApiProvider>
      {children}
      <Toaster />
    </ApiProvider>
  );
}
