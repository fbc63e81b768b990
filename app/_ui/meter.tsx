'use client';
import { Progress } from 'radix-ui';
import { cn } from './cn.ts';

/** A bar that is filled to a share between 0 and 1. `label` says what it measures. */
export function Meter({ share, label, className }: { share: number; label: string; className?: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <Progress.Root
      value={percent}
      aria-label={label}
      className={cn('h-1 overflow-hidden rounded-[2px] bg-active', className)}
    >
      <Progress.Indicator className="h-full rounded-[2px] bg-accent" style={{ width: `${percent}%` }} />
    </Progress.Root>
  );
}
