'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { JsonField } from '#app/_editor/inspector/fields/json-field.tsx';
import { useProjectId } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Json } from '#nodes/core/json.ts';
import type { RunDetail } from '#server/runs/types.ts';
import type { CheckpointRow, StateAt, StateAtStep } from '#server/travel/types.ts';
import { faceOf } from '../node-face.ts';

/** A value that the fork sees in place of the one that was. */
export type ForkedValue = { kind: 'input'; value: Json } | { kind: 'output'; state: string; path: string; value: Json };

const runInput = 'input';
const keyOf = ({ state, path }: { state: string; path: string }) => `${state} ${path}`;
const keyOfEdit = (edit: ForkedValue) => (edit.kind === 'input' ? runInput : keyOf(edit));
/** A select with more entries than this helps nobody. */
const mostListed = 300;

type Props = {
  run: RunDetail;
  at: CheckpointRow;
  state: StateAt;
  selected: { state: string; path: string } | null;
  labels: ReadonlyMap<string, string>;
  edits: ForkedValue[];
  onChange: (edits: ForkedValue[]) => void;
};

/** Chooses a finished step and edits what it gave, one step after the other. */
export function ForkEdits({ run, at, state, selected, labels, edits, onChange }: Props) {
  const steps = state.steps.toReversed().slice(0, mostListed);
  const [chosen, setChosen] = useState(() => firstChoice(steps, at, selected));
  const step = steps.find((each) => keyOf(each) === chosen);
  const options = [
    { value: runInput, label: 'What the run was started with' },
    ...steps.map((each) => ({ value: keyOf(each), label: labelOf(run, each, labels) })),
  ];
  const edited = edits.find((edit) => keyOfEdit(edit) === chosen);
  const others = edits.filter((edit) => edit !== edited);
  const set = (value: Json) =>
    onChange([
      ...others,
      step ? { kind: 'output', state: step.state, path: step.path, value } : { kind: 'input', value },
    ]);
  return (
    <section className="grid gap-2" aria-label="Edited values">
      <div className="flex items-center gap-2">
        <span className="text-12 font-medium">Edit a value</span>
        <Select label="Whose value" className="min-w-0 flex-1" value={chosen} onChange={setChosen} options={options} />
        {edited && (
          <Button size="sm" variant="ghost" onClick={() => onChange(others)}>
            Put it back
          </Button>
        )}
      </div>
      {step ? (
        <OutputOf key={chosen} run={run} seq={at.seq} step={step} edited={edited?.value} onChange={set} />
      ) : (
        <ValueOf key={chosen} value={edited?.value ?? run.input} onChange={set} />
      )}
      {others.length > 0 && (
        <p className="flex flex-wrap items-center gap-1 text-12 text-fg-2">
          Also edited:
          {others.map((edit) => (
            <Badge key={keyOfEdit(edit)} tone="accent">
              {edit.kind === 'input' ? 'input of the run' : labelOf(run, edit, labels)}
            </Badge>
          ))}
        </p>
      )}
    </section>
  );
}

function OutputOf({
  run,
  seq,
  step,
  edited,
  onChange,
}: {
  run: RunDetail;
  seq: number;
  step: StateAtStep;
  edited: Json | undefined;
  onChange: (value: Json) => void;
}) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { state, path } = step;
  const value = useQuery(trpc.runs.valueAt.queryOptions({ projectId, runId: run.id, seq, state, path }));
  if (value.isError && !value.data)
    return <QueryFailure error={value.error} onRetry={() => value.refetch()} className="mx-0 my-0" />;
  if (!value.data) return <Skeleton className="h-24" />;
  return <ValueOf value={edited === undefined ? value.data.output : edited} onChange={onChange} />;
}

function ValueOf({ value, onChange }: { value: Json; onChange: (value: Json) => void }) {
  return (
    <div className="max-h-[40vh] overflow-y-auto">
      <JsonField
        label="The value as JSON"
        tall
        value={value}
        onChange={(next) => next !== undefined && onChange(next)}
      />
    </div>
  );
}

/** The step that is looked at, else the one after which the checkpoint stands, else the input of the run. */
function firstChoice(steps: StateAtStep[], at: CheckpointRow, selected: Props['selected']): string {
  const known = (place: { state: string; path: string } | null) =>
    place && steps.some((step) => keyOf(step) === keyOf(place)) ? keyOf(place) : null;
  return known(selected) ?? (at.kind === 'step' ? known(at) : null) ?? runInput;
}

function labelOf(
  run: RunDetail,
  { state, path }: { state: string; path: string },
  labels: ReadonlyMap<string, string>,
): string {
  const { title } = faceOf(run.graph, state);
  return path === '' ? title : `${title}: ${labels.get(path) || path}`;
}
