'use client';
import { Select } from '#app/_ui/select.tsx';
import type { Json } from '#nodes/core/json.ts';
import type { Type } from '#nodes/core/types.ts';
import { JsonField } from '../fields/json-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { TypedInput, TypedTextarea } from '../fields/typed-input.tsx';
import { withoutNull } from './binding.ts';

type Props = {
  type: Type;
  value: Json | undefined;
  /** Undefined: nothing is given. */
  onChange: (value: Json | undefined) => void;
  label: string;
  describedBy?: string;
  placeholder?: string;
};

const truth = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
] as const;

/** A fixed value for an input, edited as its type asks for. */
export function ValueEditor({ type, value, onChange, label, describedBy, placeholder }: Props) {
  const bare = withoutNull(type);
  const attributes = { 'aria-label': label, 'aria-describedby': describedBy, placeholder };
  if (bare.type === 'number' || bare.type === 'integer')
    return (
      <NumberField
        label={label}
        describedBy={describedBy}
        placeholder={placeholder}
        integer={bare.type === 'integer'}
        minimum={bare.minimum}
        maximum={bare.maximum}
        value={typeof value === 'number' ? value : undefined}
        onChange={onChange}
      />
    );
  if (bare.type === 'boolean')
    return (
      <Select
        label={label}
        className="w-full"
        options={truth}
        value={value === true ? 'true' : 'false'}
        onChange={(next) => onChange(next === 'true')}
      />
    );
  if (bare.type === 'string' && bare.enum)
    return (
      <Select
        label={label}
        className="w-full"
        options={bare.enum.map((option) => ({ value: option, label: option }))}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
      />
    );
  if (bare.type === 'string' && bare.format !== 'file') {
    const text = typeof value === 'string' ? value : '';
    const change = (next: string) => onChange(next === '' ? undefined : next);
    return bare.format === 'multiline' ? (
      <TypedTextarea {...attributes} value={text} onText={change} />
    ) : (
      <TypedInput {...attributes} value={text} onText={change} />
    );
  }
  return <JsonField value={value} onChange={onChange} label={label} describedBy={describedBy} />;
}
