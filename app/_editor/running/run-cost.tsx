'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleDollarSign } from 'lucide-react';
import { useTRPC } from '#app/_api/trpc.ts';
import { roughly } from '#app/_canvas/estimate.ts';
import { money } from '#app/_ui/format.ts';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import type { Json } from '#nodes/core/json.ts';
import type { RunEstimate } from '#server/money/types.ts';
import { useSession } from '../session/context.ts';

const quietMs = 400;
const freshMs = 30_000;

type Props = {
  source: 'draft' | 'published';
  trigger: string;
  /** With what it would be started; null while that is not complete. */
  given: Json | null;
};

/** What the run is likely to cost, beside what it asks for: from what is typed as soon as that is complete. */
export function RunCost({ source, trigger, given }: Props) {
  const { projectId, pipelineId } = useSession();
  const trpc = useTRPC();
  const typed = useDebounced(given, quietMs);
  const started = typed === null ? null : { trigger, input: typed };
  const { data } = useQuery(
    trpc.money.estimateRun.queryOptions(
      { projectId, pipelineId, source, started },
      { staleTime: freshMs, retry: false, placeholderData: (before) => before },
    ),
  );
  if (!data || Object.keys(data.nodes).length === 0) return null;
  return (
    <p role="note" aria-label="Estimated cost" data-run-cost className="flex items-center gap-2 text-12 text-fg-2">
      <CircleDollarSign size={14} className="flex-none text-fg-3" aria-hidden="true" />
      {costWords(data)}
    </p>
  );
}

/** An estimate in words. Unpriced is told before unknown, and neither as free. */
export function costWords({ run, unpriced }: Pick<RunEstimate, 'run' | 'unpriced'>): string {
  if (unpriced.length > 0) return `Unpriced: nobody knows what ${unpriced.join(' and ')} costs.`;
  if (!run) return 'No estimate yet: how often a node runs is known after the first run.';
  if (run.p90Micros === 0) return 'Costs nothing.';
  return `Likely ${money(roughly(run.p50Micros))}; nine of ten runs cost up to ${money(roughly(run.p90Micros))}.`;
}
