'use client';
import { Switch } from '#app/_ui/switch.tsx';
import type { Control } from '../schema/field.ts';
import type { ControlProps } from './control-editor.tsx';
import { ObjectEditor } from './object-editor.tsx';

type Props = ControlProps & { control: Extract<Control, { kind: 'object' }> };

/** The fields of an object; one that may be empty is switched on first. */
export function ObjectField({ control, value, onChange, path, label, id, describedBy, nullable }: Props) {
  const fields = <ObjectEditor fields={control.fields} value={value} path={path} onChange={onChange} />;
  if (!nullable) return fields;
  const on = value !== null && value !== undefined;
  return (
    <div className="grid grid-cols-1 gap-2" aria-describedby={describedBy}>
      <Switch id={id} label={label} checked={on} onChange={(checked) => onChange(checked ? {} : null)} />
      {on && fields}
    </div>
  );
}
