import { cn } from './cn.ts';
import { exactMicros, money, statement } from './format.ts';

/** An amount; `statement` shows all six decimals, and nothing in grey. Hover tells the exact micro-dollars. */
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
    <span
      title={exactMicros(micros)}
      className={cn('whitespace-nowrap', look === 'statement' && micros === 0 && 'text-fg-3', className)}
    >
      {prefix && `${prefix} `}
      {look === 'chip' ? money(micros) : statement(micros)}
    </span>
  );
}
