import { useId } from 'react';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { ConnectionRow } from '#server/connections/types.ts';
import { presets } from './presets.ts';
import { chosen, type Problems, type Typed, withPreset } from './typed.ts';

type InputsProps = {
  typed: Typed;
  onType: (next: Typed) => void;
  stored: ConnectionRow | null;
  problems: Problems;
  /** What the server said that it has. */
  models: readonly string[];
};
type TextName = 'name' | 'baseUrl' | 'model' | 'embeddingModel' | 'requestsPerMinute' | 'tokensPerMinute';

/** The members of a connection that its provider has. */
export function ConnectionInputs({ typed, onType, stored, problems, models }: InputsProps) {
  const known = useId();
  const { kind, hint } = chosen(typed);
  const line = (name: TextName, label: string, more: { hint?: string; list?: string; placeholder?: string } = {}) => (
    <Field label={label} hint={more.hint} error={(problems as Partial<Record<TextName, string>>)[name] ?? null}>
      {(control) => (
        <Input
          {...control}
          value={typed[name]}
          list={more.list}
          placeholder={more.placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Field label="Provider" hint={hint}>
        {({ id }) => (
          <Select
            id={id}
            value={typed.preset}
            onChange={(next) => onType(withPreset(typed, next))}
            options={presets}
            className="w-full"
          />
        )}
      </Field>
      {line('name', 'Name')}
      {kind === 'compatible' && line('baseUrl', 'Base URL', { placeholder: 'http://127.0.0.1:8000/v1' })}
      {kind !== 'rehearsal' && (
        <>
          <Key typed={typed} onType={onType} shown={stored?.key ?? null} />
          {line('model', 'Model', {
            list: known,
            hint: 'Asked where none is named. A test fills the list of what it has.',
          })}
          {line('embeddingModel', 'Embedding model', { list: known, hint: 'Makes vectors where none is named.' })}
          <datalist id={known}>
            {models.map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
          <div className="grid grid-cols-2 gap-3">
            {line('requestsPerMinute', 'Requests per minute', { placeholder: 'not known' })}
            {line('tokensPerMinute', 'Tokens per minute', { placeholder: 'not known' })}
          </div>
        </>
      )}
      <Checkbox checked={typed.isDefault} onChange={(isDefault) => onType({ ...typed, isDefault })}>
        Asked where no connection is named
      </Checkbox>
    </>
  );
}

type KeyProps = Pick<InputsProps, 'typed' | 'onType'> & { shown: string | null };

/** The key is never shown again: a new one takes its place, or it goes. */
function Key({ typed, onType, shown }: KeyProps) {
  return (
    <>
      <Field
        label="Key"
        hint={
          shown
            ? `Empty keeps ${shown}. A new one takes its place.`
            : 'Stored sealed; only its last four characters are shown.'
        }
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            value={typed.key}
            disabled={typed.dropKey}
            placeholder={shown ?? ''}
            onChange={(event) => onType({ ...typed, key: event.target.value })}
          />
        )}
      </Field>
      {shown && (
        <Checkbox checked={typed.dropKey} onChange={(dropKey) => onType({ ...typed, dropKey, key: '' })}>
          Forget the stored key
        </Checkbox>
      )}
    </>
  );
}
