'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { cn } from './cn.ts';

export type Option<Value extends string> = { value: Value; label: string };

/** One of a few. `label` names it for assistive technology where no Field does. */
export function Select<Value extends string>({
  value,
  onChange,
  options,
  label,
  id,
  className,
}: {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  label?: string;
  id?: string;
  className?: string;
}) {
  const byValue = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root value={value} onValueChange={byValue}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cn(
          'inline-flex h-7 items-center justify-between gap-2 rounded-control border border-line-strong bg-raised px-2.5',
          'transition-colors duration-(--t-fast) hover:bg-hover max-phone:min-h-11',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon>
          <ChevronDown size={14} className="text-fg-3" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="fade-in z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-auto rounded-float border border-line-strong bg-raised p-1 shadow-pop"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Item key={option.value} option={option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ option }: { option: Option<string> }) {
  return (
    <Radix.Item
      value={option.value}
      className="flex h-7 cursor-default items-center gap-2 rounded-control pr-2 pl-7 outline-none data-highlighted:bg-hover max-phone:h-11"
    >
      <Radix.ItemIndicator className="absolute left-3">
        <Check size={14} />
      </Radix.ItemIndicator>
      <Radix.ItemText>{option.label}</Radix.ItemText>
    </Radix.Item>
  );
}
