'use client';
import type { FieldControl } from '#app/_ui/field.tsx';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import type { Json } from '#nodes/core/json.ts';
import { NumberField } from '../inspector/fields/number-field.tsx';
import { FileField } from './file-field.tsx';
import type { RunField } from './run-form.ts';

type Props = { field: RunField; value: Json; onChange: (value: Json) => void; control: FieldControl };

/** Asks for one value of a run. */
export function RunFieldEditor({ field, value, onChange, control }: Props) {
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'multiline':
      return <Textarea {...control} value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'number':
    case 'integer':
      return (
        <NumberField
          id={control.id}
          describedBy={control['aria-describedby']}
          integer={field.kind === 'integer'}
          invalid={control['aria-invalid'] ?? false}
          value={typeof value === 'number' ? value : undefined}
          onChange={(number) => onChange(number ?? null)}
        />
      );
    case 'boolean':
      return <Switch id={control.id} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          id={control.id}
          label={field.title}
          className="w-full"
          value={text}
          onChange={onChange}
          options={field.options.map((option) => ({ value: option, label: option }))}
        />
      );
    case 'file':
      return <FileField title={field.title} {...{ value, onChange, control }} />;
    case 'text':
    case 'email':
    case 'date':
      return <Input {...control} type={field.kind} value={text} onChange={(event) => onChange(event.target.value)} />;
    default: {
      const never: never = field.kind;
      throw new Error(`Not a known field: ${String(never)}`);
    }
  }
}
