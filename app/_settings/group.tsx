import type { ReactNode } from 'react';

type GroupProps = { title: string; lead?: ReactNode; action?: ReactNode; children: ReactNode };

/** A group of settings with its heading. */
export function Group({ title, lead, action, children }: GroupProps) {
  return (
    <section aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <header className="flex flex-wrap items-end gap-2 border-b border-line pb-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-14 font-semibold">{title}</h2>
          {lead && <p className="text-fg-2">{lead}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
