'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { brief } from '#app/_ui/brief.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import { EntityActions } from './entity-actions.tsx';
import { EntityKnowledge } from './entity-knowledge.tsx';
import { EntityTimeline } from './entity-timeline.tsx';

/** One entity: what is known of it now, and everything that happened to it. */
export function EntityPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const view = useQuery(trpc.entities.get.queryOptions({ projectId, id }));
  if (view.isError && !view.data) return <QueryFailure error={view.error} onRetry={() => view.refetch()} />;
  if (view.isPending) return <SkeletonRows rows={8} />;
  const { entity } = view.data;
  return (
    <>
      <header className="flex h-11 flex-none items-center gap-1.5 border-b border-line px-6 max-phone:h-13 max-phone:px-4">
        <Link href={to('entities')} className="text-fg-2 hover:underline">
          Entities
        </Link>
        <span className="text-fg-3">/</span>
        <h1 className="truncate font-semibold">{brief(entity.data, 60)}</h1>
        <Badge tone="outline" className="ml-2">
          {entity.type}
        </Badge>
        <EntityActions id={entity.id} name={brief(entity.data, 60)} />
      </header>
      <PageBody className="grid grid-cols-[minmax(0,1fr)_392px] max-wide:grid-cols-1">
        <EntityTimeline view={view.data} />
        <aside
          aria-label="Known now"
          className="border-l border-line bg-bg px-6 py-4 max-wide:border-t max-wide:border-l-0 max-phone:px-4"
        >
          <h2 className="mb-2 flex justify-between font-semibold">
            Known now <span className="text-12 font-normal text-fg-3">version {entity.version}</span>
          </h2>
          <div className="text-12">
            <ValueView value={entity.data} />
          </div>
          <EntityKnowledge id={entity.id} memories={view.data.memories} />
          <p className="mt-4 text-11 text-fg-3">
            Key <code className="font-mono">{entity.key}</code>
          </p>
        </aside>
      </PageBody>
    </>
  );
}
