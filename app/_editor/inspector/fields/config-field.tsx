'use client';
import { useId } from 'react';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { ConfigPath } from '../../document/command.ts';
import { Findings, useFindings } from '../findings.tsx';
import { ScopeButton } from '../reading/scope-button.tsx';
import type { ConfigField as Field } from '../schema/field.ts';
import { ConfigExpression, useActiveExpression } from './config-expression.tsx';
import { ControlEditor } from './control-editor.tsx';

type Props = {
  field: Field;
  /** The object that the field is a member of. */
  owner: Json | undefined;
  path: ConfigPath;
  onChange: (value: Json | undefined) => void;
};

/** One field of a configuration: its name, its control, what it is for, and what is wrong with it. */
export function ConfigField(props: Props) {
  return props.field.control.kind === 'cel' ? <ExpressionField {...props} /> : <PlainField {...props} />;
}

/** An expression, with what it may read at hand. */
function ExpressionField({ field, owner, path, onChange }: Props) {
  const noteId = useId();
  const ownPath = [...path, field.name];
  const address = addressOf(ownPath);
  const findings = useFindings(address);
  const active = useActiveExpression(ownPath, field.title);
  const value = memberOf(owner, field);
  return (
    <div ref={active.place} className="grid grid-cols-1 gap-1" data-field={address}>
      <div className="flex min-h-6 items-center gap-1.5">
        <span className="min-w-0 flex-1 truncate text-12 font-medium">{field.title}</span>
        <ScopeButton active={active} />
      </div>
      <ConfigExpression
        path={ownPath}
        label={field.title}
        describedBy={findings.length > 0 || field.description ? noteId : undefined}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
        findings={findings}
        active={active}
      />
      <FieldNote id={noteId} findings={findings} description={field.description} />
    </div>
  );
}

type Note = {
  id: string;
  findings: ReturnType<typeof useFindings>;
  description: string;
};

/** What is wrong with a field, else what it is for. */
function FieldNote({ id, findings, description }: Note) {
  if (findings.length > 0) return <Findings findings={findings} id={id} />;
  return description ? (
    <p id={id} className="text-12 text-fg-3">
      {description}
    </p>
  ) : null;
}

function PlainField({ field, owner, path, onChange }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const ownPath = [...path, field.name];
  const address = addressOf(ownPath);
  const findings = useFindings(address);
  const nested = field.control.kind === 'list' || field.control.kind === 'object' || field.control.kind === 'variants';
  const own = nested ? findings.filter((finding) => finding.field === address) : findings;
  const value = memberOf(owner, field);
  const inline = field.control.kind === 'boolean';
  const heading = hasOneControl(field) ? (
    <label htmlFor={id} className="text-12 font-medium">
      {field.title}
    </label>
  ) : (
    <span className="text-12 font-medium">{field.title}</span>
  );
  const control = (
    <ControlEditor
      control={field.control}
      value={value}
      onChange={onChange}
      path={ownPath}
      label={field.title}
      id={id}
      describedBy={own.length > 0 || field.description ? noteId : undefined}
      findings={findings}
      nullable={field.nullable}
      placeholder={field.nullable ? 'Empty' : undefined}
      fallback={field.fallback}
    />
  );
  return (
    <div className="grid grid-cols-1 gap-1" data-field={address}>
      {inline ? (
        <div className="flex min-h-7 items-center justify-between gap-3">
          {heading}
          {control}
        </div>
      ) : (
        <>
          {heading}
          {control}
        </>
      )}
      <FieldNote id={noteId} findings={own} description={field.description} />
    </div>
  );
}

/** Whether a label can point at it; lists and code fields carry their name themselves. */
function hasOneControl({ control }: Field): boolean {
  return !['list', 'object', 'cel', 'json'].includes(control.kind);
}

function memberOf(owner: Json | undefined, { name, fallback }: Field): Json | undefined {
  const given = isObject(owner) && Object.hasOwn(owner, name) ? owner[name] : undefined;
  return given === undefined ? fallback : given;
}

/** A path as diagnostics write it: `config.rules[0].when`. */
export function addressOf(path: ConfigPath): string {
  return path.reduce<string>((text, step) => `${text}${typeof step === 'number' ? `[${step}]` : `.${step}`}`, 'config');
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
