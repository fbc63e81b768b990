'use client';
import { cn } from './cn.ts';
import { exactMicros, money, statement } from './format.ts';
import { Tooltip } from './tooltip.tsx';

/** An amount; `statement` shows all six decimals and greys nothing. Hover tells the exact micro-dollars. */
export function Money({
  micros,
  look = 'chip',
  prefix,
  className,
}: {
  micros: number;
  look?: 'chip' | 'statement';
  /** `≤` for reserved, `est.` for an estimate. */
  prefix?: '≤' | 'est.';
  className?: string;
}) {
  return (
    <Tooltip text={exactMicros(micros)}>
      <span className={cn('whitespace-nowrap', look === 'statement' && micros === 0 && 'text-fg-3', className)}>
        {prefix && `${prefix} `}
        {look === 'chip' ? money(micros) : statement(micros)}
      </span>
    </Tooltip>
  );
}
