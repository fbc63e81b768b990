'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp, Shapes } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { TemplateRow } from '#server/templates/types.ts';
import { NodeTypeTiles } from './node-types.tsx';

/** Pipelines that come with the product, ready to be installed and changed. */
export function TemplatesPage() {
  const trpc = useTRPC();
  const to = useTo();
  const templates = useQuery(trpc.templates.list.queryOptions());
  return (
    <>
      <PageBar
        title="Templates"
        actions={
          <Button asChild>
            <Link href={to('import')}>
              <FileUp size={14} aria-hidden="true" />
              Import from a file
            </Link>
          </Button>
        }
      />
      <PageBody className="p-6 max-phone:p-4">
        {templates.isError && !templates.data && (
          <QueryFailure error={templates.error} onRetry={() => templates.refetch()} />
        )}
        {templates.data?.length === 0 && (
          <EmptyState icon={Shapes} title="No template is shipped with this version">
            Import a pipeline from a file, or start with an empty one.
          </EmptyState>
        )}
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(320px,1fr))] gap-4 max-phone:grid-cols-1">
          {templates.isPending && <Skeleton className="h-48 rounded-card" />}
          {templates.data?.map((template) => (
            <Template key={template.name} template={template} />
          ))}
        </ul>
      </PageBody>
    </>
  );
}

function Template({ template }: { template: TemplateRow }) {
  const trpc = useTRPC();
  const router = useRouter();
  const to = useTo();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const install = useMutation(
    trpc.templates.install.mutationOptions({
      onSuccess: ({ pipelineId }) => {
        void queryClient.invalidateQueries(trpc.pipelines.pathFilter());
        router.push(to('pipelines', pipelineId));
      },
      onError: sayFailure('Not installed'),
    }),
  );
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line-strong bg-raised p-4">
      <div>
        <h2 className="text-14 font-semibold">{template.title}</h2>
        <p className="text-fg-2">{template.description}</p>
      </div>
      <NodeTypeTiles types={template.nodeTypes} />
      {template.needs.length > 0 && (
        <div className="text-12">
          <h3 className="font-medium">Uses</h3>
          <ul className="text-fg-2">
            {template.needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        </div>
      )}
      <Button
        variant="primary"
        size="lg"
        className="mt-auto self-start"
        aria-label={`Install ${template.title}`}
        busy={install.isPending || install.isSuccess}
        onClick={() => install.mutate({ projectId, template: template.name })}
      >
        Install
      </Button>
    </li>
  );
}
