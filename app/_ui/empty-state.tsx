import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands where a list is empty: what belongs here, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center gap-1 px-6 py-12 text-center">
      <Icon size={20} strokeWidth={1.6} className="mb-2 text-fg-3" aria-hidden="true" />
      <p className="text-14 font-semibold">{title}</p>
      {children && <p className="text-fg-2">{children}</p>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
