'use client';
import { Select } from '#app/_ui/select.tsx';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Control } from '../schema/field.ts';
import type { ControlProps } from './control-editor.tsx';
import { ObjectEditor } from './object-editor.tsx';

type Props = Omit<ControlProps, 'control'> & { control: Extract<Control, { kind: 'variants' }> };

/** One of several shapes: which, and the fields of that one. What other shapes held is not carried over. */
export function VariantsEditor({ control, value, onChange, path, label, id }: Props) {
  const chosen = tagOf(value, control.tag) ?? control.variants[0]?.value ?? '';
  const variant = control.variants.find((candidate) => candidate.value === chosen);
  return (
    <div className="grid grid-cols-1 gap-2.5">
      <Select
        id={id}
        label={label}
        className="w-full"
        value={chosen}
        onChange={(next) => onChange({ [control.tag]: next, ...blanks(control, next) })}
        options={control.variants.map(({ value: option, title }) => ({ value: option, label: title }))}
      />
      {variant && variant.fields.length > 0 && (
        <ObjectEditor
          fields={variant.fields}
          value={value}
          path={path}
          onChange={(next) => onChange({ [control.tag]: chosen, ...(next as JsonObject) })}
        />
      )}
    </div>
  );
}

function tagOf(value: Json | undefined, tag: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = value[tag];
  return typeof found === 'string' ? found : null;
}

function blanks(control: Props['control'], chosen: string): { [name: string]: Json } {
  const fields = control.variants.find(({ value }) => value === chosen)?.fields ?? [];
  return Object.fromEntries(
    fields
      .filter(({ fallback }) => fallback === undefined)
      .map(({ name, control: inner }) => [name, inner.kind === 'json' ? {} : inner.kind === 'list' ? [] : '']),
  );
}
