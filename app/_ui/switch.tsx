'use client';
import { Switch as Radix } from 'radix-ui';
import { cn } from './cn.ts';

/** On or off, at once. `label` is its name. */
export function Switch({
  checked,
  onChange,
  label,
  id,
  disabled,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label?: string;
  id?: string;
  disabled?: boolean;
}) {
  return (
    <Radix.Root
      id={id}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      aria-label={label}
      className={cn(
        'relative h-4 w-7 flex-none rounded-full border border-edge bg-active transition-colors duration-(--t-base)',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50',
        'before:absolute before:-inset-3 before:content-[""]',
      )}
    >
      <Radix.Thumb className="block size-3 translate-x-px rounded-full bg-raised shadow-pop ring-1 ring-edge transition-transform duration-(--t-base) data-[state=checked]:translate-x-[13px] data-[state=checked]:ring-0" />
    </Radix.Root>
  );
}
