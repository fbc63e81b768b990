'use client';
import type { Json } from '#nodes/core/json.ts';
import type { ConfigPath } from '../../document/command.ts';
import type { ConfigField as Field } from '../schema/field.ts';
import { ConfigField } from './config-field.tsx';

/** The fields of an object, one under the other. */
export function ObjectEditor({ fields, value, path }: { fields: Field[]; value: Json | undefined; path: ConfigPath }) {
  return (
    <div className="grid gap-2.5">
      {fields.map((field) => (
        <ConfigField key={field.name} field={field} owner={value} path={path} />
      ))}
    </div>
  );
}
