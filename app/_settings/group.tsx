import type { ReactNode } from 'react';

/** A group of settings with its heading. */
export function Group({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <header className="border-b border-line pb-2">
        <h2 className="text-14 font-semibold">{title}</h2>
        {lead && <p className="text-fg-2">{lead}</p>}
      </header>
      {children}
    </section>
  );
}
