import { cn } from './cn.ts';

/** Holds the place of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('skeleton block h-3', className)} />;
}

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3', 'w-11/20'];

/** Rows of a list that is loading; `rowClass` gives them the height of the real ones. */
export function SkeletonRows({ rows, rowClass = 'h-10' }: { rows: number; rowClass?: string }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className={cn('flex items-center gap-4 border-b border-line px-4', rowClass)}>
          <Skeleton className={widths[row % widths.length]} />
          <span className="flex-1" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}
