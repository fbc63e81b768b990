'use client';
import { ToggleGroup } from 'radix-ui';
import { cn } from './cn.ts';
import type { Option } from './select.tsx';

/** One of two or three, all of them seen. `label` names the choice. */
export function Segments<Value extends string>({
  value,
  onChange,
  options,
  label,
}: {
  /** Null while it is not known yet. */
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  label: string;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value ?? ''}
      onValueChange={(next) => {
        const option = options.find((each) => each.value === next);
        if (option) onChange(option.value);
      }}
      className="inline-flex gap-0.5 justify-self-start rounded-control bg-hover p-0.5 max-phone:w-full"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={cn(
            'rounded-chip px-2.5 py-[3px] text-12 font-medium text-fg-2 hover:text-fg max-phone:flex-1 max-phone:py-2.5',
            'data-[state=on]:bg-raised data-[state=on]:text-fg data-[state=on]:ring-1 data-[state=on]:ring-line',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
