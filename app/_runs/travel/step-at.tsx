'use client';
import { useQuery } from '@tanstack/react-query';
import { History, X } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { toStatus } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { Json } from '#nodes/core/json.ts';
import type { RunDetail } from '#server/runs/types.ts';
import type { StateAt } from '#server/travel/types.ts';
import { faceOf } from '../node-face.ts';
import { Nothing, Section } from '../step/section.tsx';

type Props = {
  run: RunDetail;
  state: StateAt;
  at: { state: string; path: string };
  /** What the item at a path is called. */
  labels: ReadonlyMap<string, string>;
  onSelect: (state: string, path: string) => void;
  onClose: () => void;
};

/** One step as of a checkpoint: what had gone in and come out by then. */
export function StepAt({ run, state, at, labels, onSelect, onClose }: Props) {
  const face = faceOf(run.graph, at.state);
  const steps = state.steps.filter((step) => step.state === at.state);
  const step = steps.find(({ path }) => path === at.path) ?? steps.at(-1);
  return (
    <section aria-label={`Step ${face.title}, as it was`} className="min-h-72 flex-none">
      <header className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1.5 text-12">
        <CategoryTile category={face.category} icon={face.icon} size="s" />
        <h2 className="text-13 font-semibold">{face.title}</h2>
        {step && steps.length > 1 && (
          <Select
            label="Item"
            className="h-6 max-w-64"
            value={`/${step.path}`}
            onChange={(value) => onSelect(at.state, value.slice(1))}
            options={steps.map(({ path }) => ({
              value: `/${path}`,
              label: labels.get(path) || path || 'the run itself',
            }))}
          />
        )}
        {step && <StatusText status={toStatus(step.status)} detail={step.outcome} className="text-12" />}
        <span className="flex items-center gap-1 text-accent-text">
          <History size={12} aria-hidden="true" />
          as it was
        </span>
        <IconButton label="Close the step" size="sm" onClick={onClose} className="ml-auto">
          <X size={14} />
        </IconButton>
      </header>
      {step ? (
        <Values runId={run.id} seq={state.seq} at={{ state: step.state, path: step.path }} />
      ) : (
        <p className="border-t border-line px-4 py-3 text-12 text-fg-3">It had not ended by then.</p>
      )}
    </section>
  );
}

function Values({ runId, seq, at }: { runId: string; seq: number; at: { state: string; path: string } }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const value = useQuery(trpc.runs.valueAt.queryOptions({ projectId, runId, seq, ...at }));
  if (value.isError && !value.data) return <QueryFailure error={value.error} onRetry={() => value.refetch()} />;
  if (!value.data) return <Skeleton className="mx-4 w-2/5" />;
  return (
    <div className="grid grid-cols-2 border-t border-line max-phone:grid-cols-1 [&>div]:min-w-0 [&>div]:px-4 [&>div]:py-2">
      <div>
        <PastValue title="Input" value={value.data.input} />
      </div>
      <div className="border-l border-line max-phone:border-t max-phone:border-l-0">
        <PastValue title="Output" value={value.data.output} />
      </div>
    </div>
  );
}

/** A value as it was. */
export function PastValue({ title, value }: { title: string; value: Json }) {
  return (
    <Section title={title}>
      {value === null ? (
        <Nothing>There was none.</Nothing>
      ) : (
        <div className="text-12 leading-[18px]">
          <ValueView value={value} />
        </div>
      )}
    </Section>
  );
}
