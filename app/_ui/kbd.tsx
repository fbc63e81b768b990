import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** A key as it stands beside what it does. Hidden on phones, which have no keys. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-4 min-w-4 items-center justify-center rounded-chip border border-line bg-bg px-1',
        'font-sans text-11 leading-none font-medium text-fg-3 max-phone:hidden',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
