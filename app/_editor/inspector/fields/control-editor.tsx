'use client';
import { useCallback } from 'react';
import { readableConfig } from '#app/_canvas/card-model.ts';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Json } from '#nodes/core/json.ts';
import { CodeEditor } from '../../code/code-editor.tsx';
import type { ConfigPath } from '../../document/command.ts';
import { useNode } from '../node-context.ts';
import type { Control } from '../schema/field.ts';
import { JsonField } from './json-field.tsx';
import { ListEditor } from './list-editor.tsx';
import { NumberField } from './number-field.tsx';
import { ObjectField } from './object-field.tsx';
import { VariantsEditor } from './variants-editor.tsx';

export type ControlProps = {
  control: Control;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** Where the value stands in the configuration, as diagnostics name it. */
  path: ConfigPath;
  label: string;
  id?: string;
  describedBy?: string;
  findings: Diagnostic[];
  nullable?: boolean;
  placeholder?: string;
};

/** Edits one value of a configuration in the way its schema asks for. */
export function ControlEditor(props: ControlProps) {
  const { control, value, onChange, label, id, describedBy, findings, placeholder } = props;
  const wrong = findings.some(({ severity }) => severity === 'error');
  const text = typeof value === 'string' ? value : '';
  const attributes = { id, 'aria-describedby': describedBy, 'aria-invalid': wrong || undefined, placeholder };
  switch (control.kind) {
    case 'text':
      return (
        <Input {...attributes} aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />
      );
    case 'prompt':
      return (
        <Textarea {...attributes} aria-label={label} value={text} onChange={(event) => onChange(event.target.value)} />
      );
    case 'cel':
      return <ConfigExpression {...props} />;
    case 'json':
      return <JsonField value={value} onChange={onChange} label={label} describedBy={describedBy} tall />;
    case 'number':
      return (
        <NumberField
          id={id}
          label={label}
          describedBy={describedBy}
          placeholder={placeholder}
          invalid={wrong}
          integer={control.integer}
          minimum={control.minimum}
          maximum={control.maximum}
          value={typeof value === 'number' ? value : undefined}
          onChange={(number) => onChange(number ?? (props.nullable ? null : undefined))}
        />
      );
    case 'boolean':
      return <Switch id={id} label={label} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          id={id}
          label={label}
          className="w-full"
          value={text}
          onChange={onChange}
          options={control.options.map((option) => ({ value: option, label: option }))}
        />
      );
    case 'scalar':
      return <ScalarField {...props} />;
    case 'list':
      return <ListEditor {...props} control={control} />;
    case 'object':
      return <ObjectField {...props} control={control} />;
    case 'variants':
      return <VariantsEditor {...props} control={control} />;
    default: {
      const never: never = control;
      throw new Error(`Not a known control: ${JSON.stringify(never)}`);
    }
  }
}

/** An expression in a configuration reads the node's own inputs. */
function ConfigExpression({ value, onChange, label, describedBy, findings }: ControlProps) {
  const { node, declaration } = useNode();
  const variables = useCallback(async () => {
    const ports = declaration.inputs(readableConfig(declaration, node.config, node.version));
    return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, port.type]));
  }, [node.config, node.version, declaration]);
  return (
    <CodeEditor
      language="cel"
      label={label}
      describedBy={describedBy}
      placeholder="An expression"
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
      marks={findings}
      variables={variables}
      invalid={findings.length > 0}
    />
  );
}

/** Text, a number, or true and false, as it is written; in quotes it is text whatever it says. */
function ScalarField({ value, onChange, label, id, describedBy, nullable }: ControlProps) {
  return (
    <Input
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      value={writtenScalar(value)}
      onChange={(event) => onChange(readScalar(event.target.value) ?? (nullable ? null : ''))}
    />
  );
}

function writtenScalar(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return typeof readScalar(value) === 'string' && !value.startsWith('"') ? value : JSON.stringify(value);
}

function readScalar(text: string): string | number | boolean | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(trimmed);
  return quoted ? (JSON.parse(trimmed) as string) : text;
}
