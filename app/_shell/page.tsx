import type { ReactNode } from 'react';
import { cn } from '#app/_ui/cn.ts';

/** The bar at the top of a page: name, a quiet remark, actions at the right. 44 px high. */
export function PageBar({
  title,
  aside,
  actions,
  className,
}: {
  title: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <header
      className={cn(
        'flex h-11 flex-none items-center gap-2 border-b border-line bg-panel px-6 max-phone:h-13 max-phone:px-4',
        className,
      )}
    >
      <h1 className="text-14 font-semibold whitespace-nowrap max-phone:text-20">{title}</h1>
      {aside !== undefined && <span className="truncate text-fg-3">{aside}</span>}
      <span className="flex-1" />
      {actions}
    </header>
  );
}

/** What scrolls below the bar. */
export function PageBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn('min-h-0 flex-1 overflow-y-auto', className)}>{children}</div>;
}
