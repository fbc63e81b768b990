import type { ReactNode } from 'react';

/** A part of an inspector: a small heading with an aside at its right, and content. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 flex items-baseline justify-between gap-2 text-12 leading-5 font-semibold">
        {title}
        {aside !== undefined && <span className="text-11 font-normal text-fg-3">{aside}</span>}
      </h3>
      {children}
    </section>
  );
}

/** Says quietly that a section has nothing. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="text-12 text-fg-3">{children}</p>;
}
