'use client';
import { Plus, X } from 'lucide-react';
import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { defaultSettings, type GraphSettings, type Threshold } from '#nodes/core/graph.ts';
import { useGraph, useSession } from '../session/context.ts';
import { ChipsField } from './fields/chips-field.tsx';
import { DurationField } from './fields/duration-field.tsx';
import { NumberField } from './fields/number-field.tsx';

const afterFailure = [
  { value: 'ask', label: 'Ask me what to do' },
  { value: 'stop', label: 'Fail the run' },
] as const;
const firstThreshold: Threshold = {
  name: 'Too many failures',
  nodes: [],
  failures: 3,
  withinMs: 86_400_000,
  hold: true,
};
const mostThresholds = 20;

/** How long a run may take, what follows a failure, and after how many of them the operator looks at the pipeline. */
export function PipelineSettings() {
  const session = useSession();
  const settings = useGraph((graph) => graph.settings) ?? defaultSettings;
  const set = (change: Partial<GraphSettings>) => session.document.dispatch({ kind: 'set-settings', settings: change });
  const { thresholds } = settings;
  return (
    <div className="grid grid-cols-1 gap-3">
      <Field label="A run may take" hint="Then it fails. Empty: as long as it needs.">
        {({ id, 'aria-describedby': describedBy }) => (
          <DurationField
            id={id}
            label="A run may take"
            describedBy={describedBy}
            minimumMs={1_000}
            maximumMs={366 * 86_400_000}
            value={settings.timeoutMs ?? undefined}
            onChange={(timeoutMs) => set({ timeoutMs: timeoutMs ?? null })}
          />
        )}
      </Field>
      <Field label="When a step fails for good" hint="Where its error outcome leads nowhere. A node may say otherwise.">
        {({ id }) => (
          <Select
            id={id}
            label="When a step fails for good"
            className="w-full"
            value={settings.onFailure}
            options={afterFailure}
            onChange={(onFailure) => set({ onFailure })}
          />
        )}
      </Field>
      <div className="grid gap-1.5">
        <span className="text-12 font-medium">Look at it after</span>
        {thresholds.length === 0 && (
          <p className="text-12 text-fg-3">For example: three failed outreach attempts in a day, then a review.</p>
        )}
        {thresholds.map((threshold, at) => (
          <ThresholdEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: a threshold has no name of its own while it is written
            key={at}
            threshold={threshold}
            onChange={(next) => set({ thresholds: thresholds.with(at, next) })}
            onRemove={() => set({ thresholds: thresholds.toSpliced(at, 1) })}
          />
        ))}
        {thresholds.length < mostThresholds && (
          <Button
            size="sm"
            className="justify-self-start"
            icon={<Plus size={13} />}
            onClick={() => set({ thresholds: [...thresholds, firstThreshold] })}
          >
            Add a threshold
          </Button>
        )}
      </div>
    </div>
  );
}

type ThresholdProps = { threshold: Threshold; onChange: (next: Threshold) => void; onRemove: () => void };

function ThresholdEditor({ threshold, onChange, onRemove }: ThresholdProps) {
  const graph = useGraph((whole) => whole);
  const options = [...cardModels(graph, definitions).values()].map(({ id, title }) => ({ value: id, label: title }));
  return (
    <div className="grid gap-2 rounded-control border border-line p-2">
      <div className="flex items-center gap-1">
        <Input
          aria-label="Name of the threshold"
          maxLength={200}
          value={threshold.name}
          onChange={(event) => event.target.value !== '' && onChange({ ...threshold, name: event.target.value })}
        />
        <IconButton size="sm" label={`Remove ${threshold.name}`} onClick={onRemove}>
          <X size={13} />
        </IconButton>
      </div>
      <div className="grid grid-cols-[72px_minmax(0,1fr)] gap-2">
        <Field label="Failures">
          {({ id }) => (
            <NumberField
              id={id}
              integer
              minimum={1}
              maximum={10_000}
              value={threshold.failures}
              onChange={(failures) =>
                failures !== undefined &&
                onChange({ ...threshold, failures: Math.min(10_000, Math.max(1, Math.round(failures))) })
              }
            />
          )}
        </Field>
        <Field label="Within">
          {({ id }) => (
            <DurationField
              id={id}
              label="Within"
              minimumMs={1_000}
              maximumMs={90 * 86_400_000}
              value={threshold.withinMs}
              onChange={(withinMs) => withinMs !== undefined && onChange({ ...threshold, withinMs })}
            />
          )}
        </Field>
      </div>
      <ChipsField
        label="Counted nodes"
        empty="All nodes"
        values={threshold.nodes}
        options={options}
        onChange={(nodes) => onChange({ ...threshold, nodes })}
      />
      <div className="flex items-center justify-between gap-3 text-12">
        <span>Hold production runs until I have looked</span>
        <Switch
          label="Hold production runs until I have looked"
          checked={threshold.hold}
          onChange={(hold) => onChange({ ...threshold, hold })}
        />
      </div>
    </div>
  );
}
