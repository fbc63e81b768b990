'use client';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export const Tabs = Radix.Root;

/** The panel of a tab. */
export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className={cn('rounded-control', className)}>
      {children}
    </Radix.Content>
  );
}

export type TabItem = { value: string; label: string; count?: number };

/** A row of tabs: `line` under panel heads, `segment` inside content. */
export function TabList({
  items,
  label,
  look = 'segment',
  className,
}: {
  items: readonly TabItem[];
  label: string;
  look?: 'segment' | 'line';
  className?: string;
}) {
  return (
    <Radix.List
      aria-label={label}
      className={cn(
        'flex whitespace-nowrap',
        look === 'segment' ? 'gap-0.5 rounded-control bg-hover p-0.5' : 'gap-4 border-b border-line px-4',
        className,
      )}
    >
      {items.map((item) => (
        <Radix.Trigger key={item.value} value={item.value} className={triggerLook[look]}>
          {item.label}
          {item.count !== undefined && <span className="text-fg-3"> {item.count}</span>}
        </Radix.Trigger>
      ))}
    </Radix.List>
  );
}

const triggerLook = {
  segment:
    'rounded-chip px-2.5 py-[3px] text-12 font-medium text-fg-2 hover:text-fg data-[state=active]:bg-raised data-[state=active]:text-fg data-[state=active]:ring-1 data-[state=active]:ring-line max-phone:flex-1 max-phone:py-2.5',
  line: 'focus-inset -mb-px h-9 flex-none border-b-2 border-transparent text-12 font-medium text-fg-2 hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg max-phone:h-11',
} as const;
