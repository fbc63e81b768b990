'use client';
import { X } from 'lucide-react';
import type { Option } from '#app/_ui/select.tsx';
import { Select } from '#app/_ui/select.tsx';

type Props = {
  label: string;
  /** What holds while nothing is chosen. */
  empty: string;
  values: readonly string[];
  options: readonly Option<string>[];
  onChange: (values: string[]) => void;
};

const add = '+';

/** Some of many: those chosen as chips that can be taken away, and a list of the others. */
export function ChipsField({ label, empty, values, options, onChange }: Props) {
  const rest = options.filter(({ value }) => !values.includes(value));
  return (
    <div className="flex flex-wrap items-center gap-1">
      {values.map((value) => {
        const title = options.find((option) => option.value === value)?.label ?? value;
        return (
          <button
            key={value}
            type="button"
            aria-label={`Remove ${title}`}
            onClick={() => onChange(values.filter((other) => other !== value))}
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-chip bg-hover px-1.5 text-11 font-medium text-fg-2 hover:bg-active max-phone:h-9"
          >
            <span className="truncate">{title}</span>
            <X size={11} aria-hidden="true" />
          </button>
        );
      })}
      {rest.length > 0 && (
        <Select
          label={`${label}: add`}
          className="h-6 text-12"
          value={add}
          options={[{ value: add, label: values.length === 0 ? empty : 'Add …' }, ...rest]}
          onChange={(next) => next !== add && onChange([...values, next])}
        />
      )}
    </div>
  );
}
