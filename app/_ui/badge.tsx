import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { risk as riskText } from './format.ts';
import { type Status, statusWord } from './status.ts';
import { StatusIcon, statusText } from './status-icon.tsx';

const tones = {
  neutral: 'bg-hover text-fg-2',
  outline: 'text-fg-2 ring-1 ring-line-strong ring-inset',
  accent: 'bg-accent-soft text-accent-text',
  warn: 'bg-st-waiting-soft text-st-waiting',
  bad: 'bg-st-failed-soft text-st-failed',
  good: 'bg-st-done-soft text-st-done',
} as const;

/** A small label on its own fill, 20 px high. */
export function Badge({
  tone = 'neutral',
  icon,
  className,
  children,
}: {
  tone?: keyof typeof tones;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        'inline-flex h-5 flex-none items-center gap-1 rounded-chip px-1.5 text-11 leading-none font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A status on its own soft fill: colour, icon and word. */
export function StatusBadge({ status, detail }: { status: Status; detail?: string | null }) {
  return (
    <span
      data-status={status}
      className={cn(
        'inline-flex h-5 flex-none items-center gap-1 rounded-chip px-1.5 text-11 leading-none font-medium whitespace-nowrap',
        statusText[status],
        softFill[status],
      )}
    >
      <StatusIcon status={status} size={12} />
      {statusWord(status)}
      {detail ? ` · ${detail}` : ''}
    </span>
  );
}

const softFill: Record<Status, string> = {
  idle: 'bg-st-idle-soft',
  queued: 'bg-st-queued-soft',
  running: 'bg-st-running-soft',
  waiting: 'bg-st-waiting-soft',
  done: 'bg-st-done-soft',
  failed: 'bg-st-failed-soft',
  skipped: 'bg-st-skipped-soft',
  undone: 'bg-st-undone-soft',
  cancelled: 'bg-st-skipped-soft',
};

/** "rehearsal": stands wherever output shows that no language model wrote. */
export function RehearsalBadge() {
  return (
    <Badge tone="outline">
      <span title="The offline rehearsal provider wrote this; no language model was asked.">rehearsal</span>
    </Badge>
  );
}

/** Stands where a cost would: the answer was kept from an earlier call. */
export function Cached() {
  return (
    <Badge tone="good">
      <span title="Exactly this was asked before, within the time that answers are kept; nothing was asked or paid now.">
        cached, $0
      </span>
    </Badge>
  );
}

/** Risk from 0 to 1: grey below 0.3, amber from 0.3, red above 0.7. */
export function RiskMark({ value, className }: { value: number; className?: string }) {
  const hue = value > 0.7 ? 'text-st-failed' : value >= 0.3 ? 'text-st-waiting' : 'text-fg-3';
  return (
    <span className={cn('inline-flex items-center gap-[3px] text-11 font-medium', hue, className)}>
      <TriangleAlert size={12} strokeWidth={1.9} aria-hidden="true" />
      <span className="sr-only">risk </span>
      {riskText(value)}
    </span>
  );
}
