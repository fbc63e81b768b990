'use client';
import { useId, useState } from 'react';
import { Input } from '#app/_ui/input.tsx';
import { useSession } from '../../session/context.ts';

type Props = {
  id?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  label?: string;
  integer?: boolean;
  minimum?: number;
  maximum?: number;
  placeholder?: string;
  describedBy?: string;
  invalid?: boolean;
};

/** A number; empty is undefined. What is no number stays in the field until it is one. */
export function NumberField({ id, value, onChange, label, integer, minimum, maximum, ...rest }: Props) {
  const { document } = useSession();
  const field = useId();
  const [draft, setDraft] = useState<{ text: string; of: number | undefined } | null>(null);
  const isMine = draft !== null && (document.isTyped(field) || Object.is(draft.of, value));
  const text = isMine ? draft.text : value === undefined ? '' : String(value);
  return (
    <Input
      id={id}
      type="text"
      inputMode={integer ? 'numeric' : 'decimal'}
      aria-label={label}
      aria-describedby={rest.describedBy}
      aria-invalid={rest.invalid || undefined}
      placeholder={rest.placeholder}
      title={rangeText(minimum, maximum)}
      value={text}
      onChange={(event) => {
        const next = event.target.value;
        const read = next.trim() === '' ? undefined : Number(next.replace(',', '.'));
        if (read !== undefined && Number.isNaN(read)) return setDraft({ text: next, of: value });
        setDraft({ text: next, of: read });
        document.later(field, () => onChange(read));
      }}
    />
  );
}

function rangeText(minimum: number | undefined, maximum: number | undefined): string | undefined {
  if (minimum !== undefined && maximum !== undefined) return `From ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `At least ${minimum}`;
  return maximum === undefined ? undefined : `At most ${maximum}`;
}
