'use client';
import { JsonField } from '#app/_editor/inspector/fields/json-field.tsx';
import { Button } from '#app/_ui/button.tsx';
import type { Json } from '#nodes/core/json.ts';
import type { FailedStep } from '#server/inbox/types.ts';
import { EditForm } from './proposal/edit-form.tsx';
import { isObject, typedFieldsOf } from './proposal/fields.ts';

type Props = {
  skip: FailedStep['skip'];
  value: Json;
  onChange: (value: Json) => void;
  onDone: () => void;
  onDiscard: () => void;
};

/** Writes the value with which the run goes on as if the node had given it. */
export function SkipForm({ skip: { outcome, type }, value, onChange, onDone, onDiscard }: Props) {
  return (
    <section className="mt-4" aria-label="Skip with a value">
      <h3 className="mb-1.5 text-12 leading-5 font-semibold">
        Go on with <code className="font-mono text-11">{outcome}</code>, as if it had given
      </h3>
      {type.type === 'object' && isObject(value) && Object.keys(type.properties).length > 0 ? (
        <EditForm
          fields={typedFieldsOf(type.properties, value)}
          value={value}
          label="The value"
          doneText="Keep"
          onChange={onChange}
          onDone={onDone}
          onDiscard={onDiscard}
        />
      ) : (
        <div className="grid gap-2">
          <JsonField label="The value as JSON" tall value={value} onChange={(next) => onChange(next ?? null)} />
          <Button variant="ghost" size="sm" className="justify-self-start" onClick={onDiscard}>
            Do not skip
          </Button>
        </div>
      )}
    </section>
  );
}
