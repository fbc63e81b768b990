import type { ReactNode } from 'react';
import { Logo } from '#app/_shell/logo.tsx';

/** The frame of the pages before the session: name, what to do, a form. */
export function AccessCard({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg p-4">
      <div className="w-full max-w-88 rounded-card border border-line-strong bg-panel p-6 max-phone:p-4">
        <div className="mb-4 flex items-center gap-2 font-semibold">
          <Logo />
          Solograph
        </div>
        <h1 className="text-16 font-semibold">{title}</h1>
        <p className="mb-4 text-fg-2">{lead}</p>
        {children}
      </div>
    </main>
  );
}
