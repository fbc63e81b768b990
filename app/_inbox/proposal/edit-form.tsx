'use client';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Field, type FieldControl } from '#app/_ui/field.tsx';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { useModKey } from '#app/_ui/mod-key.ts';
import { Switch } from '#app/_ui/switch.tsx';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { ProposalField } from './fields.ts';

/** Edits the members that may be edited; the others stand greyed. Ctrl or Cmd with Enter keeps the changes. */
export function EditForm({
  fields,
  value,
  onChange,
  onDone,
  onDiscard,
  label = 'Edit the proposal',
  doneText = 'Show changes',
}: {
  fields: readonly ProposalField[];
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  onDone: () => void;
  onDiscard: () => void;
  label?: string;
  doneText?: string;
}) {
  const done = useModKey('↵');
  const firstEditable = fields.find((field) => field.editable)?.name;
  return (
    <form
      aria-label={label}
      className="grid gap-3 rounded-card border border-accent-line bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onDone();
        if (event.key === 'Escape') onDone();
      }}
    >
      {fields.map((field) => (
        <Field key={field.name} label={field.title} hint={field.editable ? undefined : 'May not be edited.'}>
          {(control) => (
            <FieldInput
              control={control}
              field={field}
              autoFocus={field.name === firstEditable}
              value={value[field.name] ?? null}
              onChange={(member) => onChange({ ...value, [field.name]: member })}
            />
          )}
        </Field>
      ))}
      <div className="flex gap-2">
        <Button type="submit" keys={done}>
          {doneText}
        </Button>
        <Button variant="ghost" onClick={onDiscard}>
          Discard changes
        </Button>
      </div>
    </form>
  );
}

type InputProps = {
  control: FieldControl;
  field: ProposalField;
  value: Json;
  autoFocus: boolean;
  onChange: (value: Json) => void;
};

function FieldInput({ control, field, value, autoFocus, onChange }: InputProps) {
  const common = { ...control, autoFocus, disabled: !field.editable };
  switch (field.kind) {
    case 'text':
      return <Input {...common} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)} />;
    case 'multiline':
      return (
        <Textarea
          {...common}
          className="min-h-48 leading-[22px]"
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'number':
      return (
        <Input
          {...common}
          type="number"
          step="any"
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
        />
      );
    case 'boolean':
      return <Switch id={control.id} disabled={!field.editable} checked={value === true} onChange={onChange} />;
    case 'json':
      return <JsonInput control={control} field={field} value={value} autoFocus={autoFocus} onChange={onChange} />;
  }
}

function JsonInput({ control, field, value, onChange }: InputProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    try {
      onChange(JSON.parse(next) as Json);
      setProblem(null);
    } catch (error) {
      setProblem(`Not JSON yet: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <>
      <Textarea
        {...control}
        disabled={!field.editable}
        className="font-mono text-11"
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      {problem && <p className="text-12 text-st-failed">{problem} The last readable value is kept.</p>}
    </>
  );
}
