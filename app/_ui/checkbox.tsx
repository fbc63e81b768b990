'use client';
import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

/** A box to tick with its text beside it. */
export function Checkbox({
  checked,
  onChange,
  disabled,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2 max-phone:min-h-11 max-phone:items-center">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
        className="mt-0.5 grid size-4 flex-none place-items-center rounded-chip border-[1.5px] border-edge bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent max-phone:size-5"
      >
        <Radix.Indicator>
          <Check size={12} strokeWidth={3} className="text-on-accent" />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id}>{children}</label>
    </div>
  );
}
