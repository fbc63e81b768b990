'use client';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { MissingValue, PartValue } from '#server/runs/part/types.ts';
import { JsonField } from '../inspector/fields/json-field.tsx';
import { useGraph } from '../session/context.ts';
import { titleIn } from './parts.ts';

type Props = { missing: MissingValue[]; values: PartValue[]; onChange: (values: PartValue[]) => void };

/** Says what nodes give that have not run: an outcome and its output, beginning with a sample. */
export function MissingValues({ missing, values, onChange }: Props) {
  const graph = useGraph((whole) => whole);
  const set = (next: PartValue) => onChange(values.map((value) => (value.nodeId === next.nodeId ? next : value)));
  return missing.map(({ nodeId, message, outcomes }) => {
    const value = values.find((each) => each.nodeId === nodeId);
    if (!value) return null;
    const choose = (name: string) =>
      set({ nodeId, outcome: name, output: outcomes.find((outcome) => outcome.name === name)?.sample ?? null });
    const title = titleIn(graph, nodeId);
    return (
      <Field key={nodeId} label={title} hint={message}>
        {(control) => (
          <div className="grid grid-cols-1 gap-1">
            {outcomes.length > 1 && (
              <Select
                label={`Outcome of ${title}`}
                className="w-full"
                value={value.outcome}
                onChange={choose}
                options={outcomes.map(({ name }) => ({ value: name, label: name }))}
              />
            )}
            <JsonField
              key={value.outcome}
              label={`What ${title} gives`}
              {...(control['aria-describedby'] ? { describedBy: control['aria-describedby'] } : {})}
              value={value.output}
              onChange={(output) => output !== undefined && set({ ...value, output })}
            />
          </div>
        )}
      </Field>
    );
  });
}
