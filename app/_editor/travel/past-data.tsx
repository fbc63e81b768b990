'use client';
import { useQuery } from '@tanstack/react-query';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PastValue } from '#app/_runs/travel/step-at.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { useSession } from '../session/context.ts';
import type { PastStep } from './use-past-step.ts';

/** What a node had taken and given by the checkpoint that is looked at. */
export function PastData({ past }: { past: PastStep }) {
  const trpc = useTRPC();
  const { projectId } = useSession();
  const { runId, seq, state, path } = past;
  const value = useQuery(
    trpc.runs.valueAt.queryOptions({ projectId, runId, seq, state, path: path ?? '' }, { enabled: path !== null }),
  );
  if (path === null) return <p className="text-12 text-fg-3">It had not ended by then.</p>;
  if (value.isError && !value.data) return <QueryFailure error={value.error} onRetry={() => value.refetch()} />;
  if (!value.data) return <Skeleton className="w-3/5" />;
  return (
    <div className="grid gap-4">
      <PastValue title="Input" value={value.data.input} />
      <PastValue title="Output" value={value.data.output} />
    </div>
  );
}
