'use client';
import { useQuery } from '@tanstack/react-query';
import { FileUp, Plus, Shapes, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { NewPipelineDialog } from './new-pipeline.tsx';
import { PipelineTable } from './pipeline-table.tsx';

/** The pipelines of the project, and the ways to get one more: empty, from a template, from a file. */
export function PipelinesPage() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [creating, setCreating] = useState(false);
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({ projectId }, { refetchInterval: 6_000 }));
  return (
    <>
      <PageBar
        title="Pipelines"
        aside={pipelines.data && pipelines.data.length > 0 ? pipelines.data.length : undefined}
        actions={<Actions onCreate={() => setCreating(true)} />}
      />
      <PageBody>
        {pipelines.isError && !pipelines.data && (
          <QueryFailure error={pipelines.error} onRetry={() => pipelines.refetch()} />
        )}
        {pipelines.isPending && <SkeletonRows rows={6} />}
        {pipelines.data?.length === 0 && <NoPipeline onCreate={() => setCreating(true)} />}
        {pipelines.data && pipelines.data.length > 0 && <PipelineTable pipelines={pipelines.data} />}
      </PageBody>
      <NewPipelineDialog open={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function Actions({ onCreate }: { onCreate: () => void }) {
  const to = useTo();
  return (
    <>
      <Button asChild>
        <Link href={to('templates')}>
          <Shapes size={14} aria-hidden="true" />
          <span className="max-phone:sr-only">Templates</span>
        </Link>
      </Button>
      <Button asChild>
        <Link href={to('import')}>
          <FileUp size={14} aria-hidden="true" />
          <span className="max-phone:sr-only">Import</span>
        </Link>
      </Button>
      <Button variant="primary" icon={<Plus size={14} />} onClick={onCreate}>
        <span>
          New<span className="max-phone:sr-only"> pipeline</span>
        </span>
      </Button>
    </>
  );
}

function NoPipeline({ onCreate }: { onCreate: () => void }) {
  const to = useTo();
  return (
    <EmptyState
      icon={Workflow}
      title="No pipeline yet"
      action={
        <>
          <Button asChild variant="primary" size="lg">
            <Link href={to('templates')}>
              <Shapes size={14} aria-hidden="true" />
              Start from a template
            </Link>
          </Button>
          <Button size="lg" onClick={onCreate}>
            Start empty
          </Button>
        </>
      }
    >
      A pipeline is a graph of steps: what starts it, what it reads, decides, asks you, and does.
    </EmptyState>
  );
}
