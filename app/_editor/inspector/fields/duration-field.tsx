'use client';
import { useState } from 'react';
import { Select } from '#app/_ui/select.tsx';
import { NumberField } from './number-field.tsx';
import { type TimeUnit, unitOf, units } from './time-units.ts';

type Props = {
  id?: string;
  label: string;
  describedBy?: string;
  /** Milliseconds; undefined: nothing is given. */
  value: number | undefined;
  onChange: (ms: number | undefined) => void;
  minimumMs?: number;
  maximumMs: number;
  /** What holds where nothing is given. */
  placeholderMs?: number;
  /** What no span means. */
  empty?: string;
};

/** A span of time: a number and its unit, which is the largest that tells it in whole numbers. */
export function DurationField({
  id,
  label,
  describedBy,
  value,
  onChange,
  minimumMs = 1,
  maximumMs,
  placeholderMs,
  empty = 'No limit',
}: Props) {
  const [chosen, setChosen] = useState<TimeUnit | null>(null);
  const unit = chosen ?? unitOf(value ?? placeholderMs ?? 60_000);
  const perUnit = units[unit].ms;
  return (
    <div className="flex gap-1.5">
      <div className="min-w-0 flex-1">
        <NumberField
          id={id}
          label={label}
          describedBy={describedBy}
          placeholder={placeholderMs === undefined ? empty : String(placeholderMs / perUnit)}
          value={value === undefined ? undefined : value / perUnit}
          onChange={(next) =>
            onChange(
              next === undefined || next < 0 || (next === 0 && minimumMs > 0)
                ? undefined
                : Math.min(maximumMs, Math.max(minimumMs, Math.round(next * perUnit))),
            )
          }
        />
      </div>
      <Select
        label={`${label}, unit`}
        className="w-20 flex-none"
        value={unit}
        options={Object.entries(units).map(([name, { title }]) => ({ value: name as TimeUnit, label: title }))}
        onChange={(next) => {
          setChosen(next);
          if (value !== undefined)
            onChange(Math.min(maximumMs, Math.max(minimumMs, Math.round((value / perUnit) * units[next].ms))));
        }}
      />
    </div>
  );
}
