'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { integer } from '#app/_ui/format.ts';
import { Meter } from '#app/_ui/meter.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { useRebuild } from '../use-rebuild.ts';
import { Embedder } from './embedder.tsx';
import { type IndexHealth, indexHealth } from './index-health.ts';

/** What searches use of the index: how it stands, how to build it anew, and which embedder it is made with. */
export function IndexState() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const stats = useQuery(trpc.memory.stats.queryOptions({ projectId }, { refetchInterval: 2_000 }));
  if (stats.isError && !stats.data) return <QueryFailure error={stats.error} onRetry={() => stats.refetch()} />;
  if (stats.isPending) return <SkeletonRows rows={4} rowClass="h-12" />;
  return (
    <div className="grid max-w-190 gap-6 px-6 py-4 max-phone:px-4">
      <Health health={indexHealth(stats.data)} indexed={stats.data.indexed} chunks={stats.data.chunks} />
      <Embedder />
    </div>
  );
}

type HealthProps = { health: IndexHealth; indexed: number; chunks: number };

function Health({ health, indexed, chunks }: HealthProps) {
  const Icon = health.kind === 'whole' ? CircleCheck : TriangleAlert;
  return (
    <section aria-label="Vector index" className="grid gap-2">
      <h2 className="font-semibold">Vector index</h2>
      <p role="status" className={health.kind === 'whole' ? 'text-st-done' : 'text-st-waiting'}>
        <Icon size={14} className="mr-1.5 inline-block align-[-2px]" aria-hidden="true" />
        <b className="font-medium">{health.title}</b>
      </p>
      <p className="text-12 text-fg-2">{health.text}</p>
      {health.kind === 'behind' && (
        <Meter share={indexed / chunks} label={`${integer(indexed)} of ${integer(chunks)} passages`} />
      )}
      <Rebuild />
    </section>
  );
}

function Rebuild() {
  const { busy, rebuild } = useRebuild();
  return (
    <div className="flex flex-wrap items-center gap-2 text-12 text-fg-3">
      <Button size="sm" icon={<RefreshCw size={14} />} busy={busy} onClick={rebuild}>
        {busy ? 'Rebuilding …' : 'Rebuild from what is stored'}
      </Button>
      Drops the index and builds it again. Nothing is forgotten; searches go on by full text meanwhile.
    </div>
  );
}
