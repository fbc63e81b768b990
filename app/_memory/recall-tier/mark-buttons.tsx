'use client';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#app/_ui/cn.ts';
import type { Marks } from './use-marks.ts';

/** Says of one item that the question should find it, or that it is not relevant; a second press takes it back. */
export function MarkButtons({ marks, itemId }: { marks: Marks; itemId: string }) {
  const now = marks.of(itemId);
  return (
    <span className="flex flex-none items-start gap-0.5">
      <MarkButton
        on={now === 'expected'}
        label="Should be found"
        tone="text-st-done"
        onPress={(on) => marks.set(itemId, on ? 'expected' : null)}
      >
        <ThumbsUp size={14} />
      </MarkButton>
      <MarkButton
        on={now === 'irrelevant'}
        label="Not relevant"
        tone="text-st-failed"
        onPress={(on) => marks.set(itemId, on ? 'irrelevant' : null)}
      >
        <ThumbsDown size={14} />
      </MarkButton>
    </span>
  );
}

type ButtonProps = {
  on: boolean;
  label: string;
  tone: string;
  onPress: (on: boolean) => void;
  children: ReactNode;
};

function MarkButton({ on, label, tone, onPress, children }: ButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={label}
      title={on ? `${label}. Press again to take it back.` : label}
      onClick={() => onPress(!on)}
      className={cn(
        'grid size-6 place-items-center rounded-control hover:bg-hover max-phone:size-9',
        on ? cn(tone, 'bg-hover') : 'text-fg-3',
      )}
    >
      {children}
    </button>
  );
}
