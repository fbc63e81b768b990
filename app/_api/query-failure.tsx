'use client';
import { CircleX, RotateCw } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { toFailure } from './failure.ts';

/** Stands where a list or page could not be loaded: what is wrong, what to do, and a way to try again. */
export function QueryFailure({
  error,
  onRetry,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}) {
  const { message, todo } = toFailure(error);
  return (
    <div
      role="alert"
      className={cn('m-4 flex items-start gap-2 rounded-card border border-st-failed-line p-3', className)}
    >
      <CircleX size={16} className="mt-0.5 flex-none text-st-failed" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{message}</p>
        <p className="text-fg-2">{todo}</p>
      </div>
      {onRetry && (
        <Button size="sm" icon={<RotateCw size={14} />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
