import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const look = [
  'w-full rounded-control border border-line-strong bg-raised px-2.5 text-fg placeholder:text-fg-3',
  'transition-colors duration-(--t-fast) hover:border-edge disabled:opacity-60',
  'aria-invalid:border-st-failed max-phone:min-h-11 max-phone:text-16',
];

/** A line of text, 28 px high. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cn(look, 'h-7', className)} />;
}

/** Several lines of text; grows with its content where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={cn(look, 'field-sizing-content min-h-16 resize-y py-1.5', className)} />;
}
