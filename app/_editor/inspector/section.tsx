import type { ReactNode } from 'react';

/** A part of the inspector's one scroll, which a tab leads to. */
export function InspectorSection({
  name,
  title,
  plain = false,
  aside,
  children,
}: {
  name: string;
  title: string;
  /** The content has headings of its own. */
  plain?: boolean;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section data-section={name} aria-label={title} className="border-b border-line px-4 py-2 last:border-b-0">
      <header className={plain ? 'sr-only' : 'mb-1.5 flex min-h-5 items-center justify-between gap-2'}>
        <h3 className="text-12 font-semibold">{title}</h3>
        {aside !== undefined && <span className="min-w-0 text-11 text-fg-3">{aside}</span>}
      </header>
      {children}
    </section>
  );
}
