import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { ClassName, Problems, Typed, Unit } from './typed.ts';

const cacheUnits: readonly { value: Unit; label: string }[] = [
  { value: 'minutes', label: 'minutes' },
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
];

type InputsProps = { typed: Typed; onType: (next: Typed) => void; problems: Problems };
type TextName = 'model' | 'temperature' | 'maxOutputTokens' | 'timeoutS' | 'concurrency';

export function ClassInputs({ name: ofClass, typed, onType, problems }: InputsProps & { name: ClassName }) {
  const known = useId();
  const line = (name: TextName, label: string, more: { hint?: string; list?: string; numeric?: boolean } = {}) => (
    <Field label={label} hint={more.hint} error={problems[name] ?? null}>
      {(control) => (
        <Input
          {...control}
          value={typed[name]}
          list={more.list}
          inputMode={more.numeric ? 'decimal' : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      {line('model', 'Model', { list: known, hint: 'As connection:model. Empty: the one of the project.' })}
      <Models id={known} />
      <Field
        label="Else"
        error={problems.fallbacks ?? null}
        hint="Asked in this order where the one before is away, too slow, unknown or out of quota; one per line."
      >
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-12"
            value={typed.fallbacks}
            spellCheck={false}
            onChange={(event) => onType({ ...typed, fallbacks: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 items-start gap-3">
        {line('temperature', 'Temperature', { numeric: true })}
        {line('maxOutputTokens', 'Longest answer, in tokens', { numeric: true })}
        {line('timeoutS', 'Time for a request, in seconds', { numeric: true })}
        {line('concurrency', 'At once, over all workers', { numeric: true })}
      </div>
      <Cache typed={typed} onType={onType} problems={problems} />
      {ofClass === 'batch' && (
        <Checkbox checked={typed.batchEndpoint} onChange={(batchEndpoint) => onType({ ...typed, batchEndpoint })}>
          Send by the provider’s batch endpoint: answered within a day, for less
        </Checkbox>
      )}
    </>
  );
}

/** The connections and their models, to be chosen from. */
function Models({ id }: { id: string }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { data = [] } = useQuery(trpc.connections.list.queryOptions({ projectId }));
  return (
    <datalist id={id}>
      {data.map(({ name, model }) => (
        <option key={name} value={`${name}:${model}`} />
      ))}
    </datalist>
  );
}

function Cache({ typed, onType, problems }: InputsProps) {
  return (
    <div className="grid gap-2">
      <Checkbox checked={typed.cache} onChange={(cache) => onType({ ...typed, cache })}>
        Use the answer to exactly the same request again
      </Checkbox>
      {typed.cache && (
        <div className="flex items-end gap-2">
          <Field label="For" error={problems.cacheFor ?? null} className="flex-1">
            {(control) => (
              <Input
                {...control}
                value={typed.cacheFor}
                inputMode="decimal"
                onChange={(event) => onType({ ...typed, cacheFor: event.target.value })}
              />
            )}
          </Field>
          <Select
            label="Unit"
            value={typed.cacheUnit}
            onChange={(cacheUnit) => onType({ ...typed, cacheUnit })}
            options={cacheUnits}
          />
        </div>
      )}
    </div>
  );
}
