'use client';
import { FileUp, X } from 'lucide-react';
import { useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import type { FieldControl } from '#app/_ui/field.tsx';
import { bytes } from '#app/_ui/format.ts';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { NumberField } from '../inspector/fields/number-field.tsx';
import { useSession } from '../session/context.ts';
import type { RunField } from './run-form.ts';
import { uploadFile } from './upload.ts';

type Props = { field: RunField; value: Json; onChange: (value: Json) => void; control: FieldControl };

/** Asks for one value of a run. */
export function RunFieldEditor({ field, value, onChange, control }: Props) {
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'multiline':
      return <Textarea {...control} value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'number':
    case 'integer':
      return (
        <NumberField
          id={control.id}
          describedBy={control['aria-describedby']}
          integer={field.kind === 'integer'}
          value={typeof value === 'number' ? value : undefined}
          onChange={(number) => onChange(number ?? null)}
        />
      );
    case 'boolean':
      return <Switch id={control.id} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          id={control.id}
          label={field.title}
          className="w-full"
          value={text}
          onChange={onChange}
          options={field.options.map((option) => ({ value: option, label: option }))}
        />
      );
    case 'file':
      return <FileField {...{ field, value, onChange, control }} />;
    case 'text':
    case 'email':
    case 'date':
      return <Input {...control} type={field.kind} value={text} onChange={(event) => onChange(event.target.value)} />;
    default: {
      const never: never = field.kind;
      throw new Error(`Not a known field: ${String(never)}`);
    }
  }
}

function FileField({ field, value, onChange, control }: Props) {
  const { projectId } = useSession();
  const [state, setState] = useState<{ busy: boolean; failure: string | null }>({ busy: false, failure: null });
  const file = value as FileRef | null;
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setState({ busy: true, failure: null });
    try {
      onChange((await uploadFile(projectId, chosen)) as unknown as Json);
      setState({ busy: false, failure: null });
    } catch (error) {
      const { message, todo } = toFailure(error);
      setState({ busy: false, failure: `${message} ${todo}` });
    }
  };
  return (
    <div className="grid grid-cols-1 gap-1">
      {file ? (
        <p className="flex h-8 items-center gap-2 rounded-control bg-sunken pr-1 pl-2.5">
          <span className="min-w-0 flex-1 truncate">{file.name}</span>
          <span className="text-12 text-fg-3">{bytes(file.bytes)}</span>
          <IconButton size="sm" label={`Remove ${file.name}`} onClick={() => onChange(null)}>
            <X size={14} />
          </IconButton>
        </p>
      ) : (
        <Button
          asChild
          className="relative cursor-pointer border-dashed focus-within:border-accent focus-within:ring-1 focus-within:ring-accent"
        >
          <label>
            <FileUp size={14} aria-hidden="true" />
            {state.busy ? 'Uploading …' : 'Choose a file, or drop it here'}
            <input
              {...control}
              type="file"
              className="absolute inset-0 cursor-pointer opacity-0"
              aria-label={field.title}
              disabled={state.busy}
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
        </Button>
      )}
      {state.failure && (
        <p role="alert" className="text-12 text-st-failed">
          {state.failure}
        </p>
      )}
    </div>
  );
}
