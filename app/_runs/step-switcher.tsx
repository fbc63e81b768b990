'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Select } from '#app/_ui/select.tsx';
import { statusWord, toStatus } from '#app/_ui/status.ts';
import type { RunDetail } from '#server/runs/types.ts';

/** Chooses among the steps of one node: the items of a loop, by name. */
export function StepSwitcher({
  run,
  at,
  onSelect,
}: {
  run: RunDetail;
  at: { state: string; path: string };
  onSelect: (state: string, path: string) => void;
}) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const steps = useQuery(trpc.runs.steps.queryOptions({ projectId, runId: run.id, state: at.state, limit: 500 }));
  const options = (steps.data?.items ?? []).map((step) => ({
    value: pathValue(step.path),
    label: `${step.label || step.path || 'the run itself'}, ${statusWord(toStatus(step.status)).toLowerCase()}`,
  }));
  if (!options.some((option) => option.value === pathValue(at.path)))
    options.unshift({ value: pathValue(at.path), label: at.path || 'the run itself' });
  return (
    <Select
      label="Item"
      className="h-6 max-w-64"
      value={pathValue(at.path)}
      onChange={(value) => onSelect(at.state, value.slice(1))}
      options={options}
    />
  );
}

/** A select knows no empty value, and the path of the run itself is empty. */
function pathValue(path: string): string {
  return `/${path}`;
}
