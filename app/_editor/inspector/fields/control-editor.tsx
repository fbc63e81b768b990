'use client';
import { readableConfig } from '#app/_canvas/card-model.ts';
import { Select } from '#app/_ui/select.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Json } from '#nodes/core/json.ts';
import type { ConfigPath } from '../../document/command.ts';
import { useNode } from '../node-context.ts';
import type { Control } from '../schema/field.ts';
import { ConfigExpression } from './config-expression.tsx';
import { DurationField } from './duration-field.tsx';
import { JsonField } from './json-field.tsx';
import { ListEditor } from './list-editor.tsx';
import { NumberField } from './number-field.tsx';
import { ObjectField } from './object-field.tsx';
import { TypedInput, TypedTextarea } from './typed-input.tsx';
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
  /** What holds where nothing is given. */
  fallback?: Json;
};

const msOf = (value: Json | undefined, unitMs: number) => (typeof value === 'number' ? value * unitMs : undefined);

/** Edits one value of a configuration in the way its schema asks for. */
export function ControlEditor(props: ControlProps) {
  const { control, value, onChange, label, id, describedBy, findings, placeholder } = props;
  const wrong = findings.some(({ severity }) => severity === 'error');
  const text = typeof value === 'string' ? value : '';
  const attributes = { id, 'aria-describedby': describedBy, 'aria-invalid': wrong || undefined, placeholder };
  switch (control.kind) {
    case 'text':
      return <TypedInput {...attributes} aria-label={label} value={text} onText={onChange} />;
    case 'prompt':
      return (
        <>
          <TypedTextarea {...attributes} aria-label={label} value={text} onText={onChange} />
          {text.includes('{{') && <PlainText path={props.path} />}
        </>
      );
    case 'cel':
      return (
        <ConfigExpression
          {...{ path: props.path, label, describedBy, findings, value: text }}
          onChange={(expr) => onChange(expr)}
        />
      );
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
    case 'duration':
      return (
        <DurationField
          id={id}
          label={label}
          describedBy={describedBy}
          minimumMs={control.minimumMs}
          maximumMs={control.maximumMs}
          placeholderMs={props.nullable ? undefined : msOf(props.fallback, control.unitMs)}
          empty={props.nullable ? 'For ever' : undefined}
          value={msOf(value, control.unitMs)}
          onChange={(ms) => onChange(ms === undefined ? (props.nullable ? null : undefined) : ms / control.unitMs)}
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

/** A prompt of the configuration is sent as it stands: who writes an expression into it is told where those are filled in. */
function PlainText({ path }: { path: ConfigPath }) {
  const { node, declaration } = useNode();
  const input = declaration.inputs(readableConfig(declaration, node.config, node.version))[String(path.at(-1))];
  return (
    <p className="text-12 text-st-waiting">
      Braces are not filled in here; the text is sent as it stands.
      {input && ` Write it into the input ${input.title} above instead.`}
    </p>
  );
}

/** Text, a number, or true and false, as it is written; in quotes it is text whatever it says. */
function ScalarField({ value, onChange, label, id, describedBy, nullable }: ControlProps) {
  return (
    <TypedInput
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      value={writtenScalar(value)}
      onText={(text) => onChange(readScalar(text) ?? (nullable ? null : ''))}
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
