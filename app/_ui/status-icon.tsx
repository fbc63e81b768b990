import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock3,
  type LucideIcon,
  Undo2,
} from 'lucide-react';
import { cn } from './cn.ts';
import { type Status, statusWord } from './status.ts';

const icons: Record<Exclude<Status, 'running' | 'skipped'>, LucideIcon> = {
  idle: CircleDashed,
  queued: Clock3,
  waiting: CirclePause,
  done: CircleCheck,
  failed: CircleX,
  undone: Undo2,
  cancelled: CircleSlash,
};

/** Text colour of each status; written out so that Tailwind finds the names. */
export const statusText: Record<Status, string> = {
  idle: 'text-st-idle',
  queued: 'text-st-queued',
  running: 'text-st-running',
  waiting: 'text-st-waiting',
  done: 'text-st-done',
  failed: 'text-st-failed',
  skipped: 'text-st-skipped',
  undone: 'text-st-undone',
  cancelled: 'text-st-skipped',
};

/** The icon of a status in its hue, decorative: the word stands beside it. `size` in pixels. */
export function StatusIcon({ status, size = 14, className }: { status: Status; size?: number; className?: string }) {
  const classes = cn('flex-none', statusText[status], className);
  if (status === 'running') return <Ring size={size} className={classes} />;
  if (status === 'skipped') return <Skipped size={size} className={classes} />;
  const Icon = icons[status];
  return <Icon size={size} strokeWidth={1.9} className={classes} aria-hidden="true" />;
}

/** Icon and word, as it stands in lists and on cards. `detail` follows the word: "Waiting · approval". */
export function StatusText({
  status,
  detail,
  size = 14,
  className,
}: {
  status: Status;
  detail?: string | null;
  size?: number;
  className?: string;
}) {
  return (
    <span
      className={cn(
        'inline-flex min-w-0 items-center gap-1 whitespace-nowrap text-11 font-medium',
        statusText[status],
        className,
      )}
      data-status={status}
    >
      <StatusIcon status={status} size={size} />
      <span className="truncate">
        {statusWord(status)}
        {detail ? ` · ${detail}` : ''}
      </span>
    </span>
  );
}

/** All of it turns, not the bright part alone: so the compositor turns it, and no frame of the page is made for it. */
function Ring({ size, className }: { size: number; className: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className={cn('ring-spin', className)}
      fill="none"
      strokeWidth="2"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="6.25" stroke="var(--st-running-line)" opacity=".55" />
      <path d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25" stroke="currentColor" strokeLinecap="round" />
    </svg>
  );
}

function Skipped({ size, className }: { size: number; className: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="9" strokeDasharray="3.2 2.4" />
      <path d="M8.5 12h7" />
    </svg>
  );
}
