import type { ReactNode } from 'react';
import { cn } from '#app/_ui/cn.ts';

/** A part of the day: heading, how many, a quiet remark or a way on, and its rows. */
export function Block({
  title,
  count,
  aside,
  children,
}: {
  title: string;
  count?: number;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="pt-3 pb-4">
      <header className="flex h-7 items-center gap-2 text-12">
        <h2 className="text-13 font-semibold">{title}</h2>
        {count !== undefined && <span className="text-fg-3">{count}</span>}
        <span className="flex-1" />
        {aside}
      </header>
      {children}
    </section>
  );
}

/** A row of 40 px in columns; on a phone its cells flow onto two lines. */
export function Row({ columns, children }: { columns: string; children: ReactNode }) {
  return (
    <li
      className={cn(
        'grid min-h-10 items-center gap-x-2 border-b border-line text-12 first:border-t hover:bg-hover',
        'max-phone:flex max-phone:flex-wrap max-phone:gap-y-0.5 max-phone:py-2',
        columns,
      )}
    >
      {children}
    </li>
  );
}

/** What a row is about: its name and, quieter, whom it concerns. */
export function Subject({ name, about }: { name: string; about?: string }) {
  return (
    <span title={about} className="truncate text-13 max-phone:min-w-0 max-phone:basis-[calc(100%-32px)]">
      <b className="mr-1.5 font-medium">{name}</b>
      {about && <span className="text-fg-2">{about}</span>}
    </span>
  );
}

/** Says that a part of the day is empty, in one line. */
export function Quiet({ children }: { children: ReactNode }) {
  return <p className="border-y border-line py-2.5 text-12 text-fg-3">{children}</p>;
}
