'use client';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { ConfigPath } from '../../document/command.ts';
import { setAtPath } from '../../document/set-at-path.ts';
import type { ConfigField as Field } from '../schema/field.ts';
import { ConfigField } from './config-field.tsx';

type Props = {
  fields: Field[];
  value: Json | undefined;
  path: ConfigPath;
  onChange: (value: Json) => void;
};

/** The fields of an object, one under the other. */
export function ObjectEditor({ fields, value, path, onChange }: Props) {
  const object: JsonObject = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return (
    <div className="grid grid-cols-1 gap-2.5">
      {fields.map((field) => (
        <ConfigField
          key={field.name}
          field={field}
          owner={object}
          path={path}
          onChange={(next) => onChange(setAtPath(object, [field.name], next))}
        />
      ))}
    </div>
  );
}
