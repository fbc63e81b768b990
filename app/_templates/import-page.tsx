'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC, useTRPCClient } from '#app/_api/trpc.ts';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { TemplateReview } from '#server/templates/types.ts';
import { ChooseFile, type ChosenDocument } from './choose-file.tsx';
import { Review } from './review.tsx';

/** Lets a pipeline in from a file: choose, review what it would do, then import it. It is disabled until confirmed. */
export function ImportPage() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [chosen, setChosen] = useState<ChosenDocument | null>(null);
  const review = useMutation(trpc.templates.review.mutationOptions());
  const choose = (next: ChosenDocument) => {
    setChosen(next);
    review.mutate({ projectId, document: next.document });
  };
  return (
    <>
      <PageBar title="Import a pipeline" aside={chosen?.fileName} />
      <PageBody className="p-6 max-phone:p-4">
        <div className="mx-auto grid max-w-180 grid-cols-[minmax(0,1fr)] gap-5">
          {!review.data && !review.isPending && <ChooseFile onChosen={choose} />}
          {review.isPending && <Skeleton className="h-64" />}
          {review.isError && <QueryFailure error={review.error} className="m-0" />}
          {review.data && chosen && (
            <>
              <div>
                <h2 className="text-16 font-semibold">{review.data.title || chosen.fileName}</h2>
                <p className="text-fg-2">{review.data.description}</p>
              </div>
              <Review review={review.data} />
              <Confirm
                review={review.data}
                document={chosen.document}
                onOther={() => {
                  setChosen(null);
                  review.reset();
                }}
              />
            </>
          )}
        </div>
      </PageBody>
    </>
  );
}

type ConfirmProps = { review: TemplateReview; document: unknown; onOther: () => void };

function Confirm({ review, document, onOther }: ConfirmProps) {
  const [read, setRead] = useState(false);
  const letIn = useImport();
  return (
    <footer className="grid gap-3 rounded-card border border-line-strong bg-raised p-4">
      {review.ok ? (
        <Checkbox checked={read} onChange={setRead}>
          I have read what it reads, writes, sends and spends.
        </Checkbox>
      ) : (
        <p className="text-st-failed">
          It has errors, so it cannot be imported. Ask for a corrected file, or correct it yourself.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          size="lg"
          disabled={!review.ok || !read}
          busy={letIn.isPending}
          onClick={() => letIn.mutate({ document, enable: true })}
        >
          Import and enable
        </Button>
        <Button
          size="lg"
          disabled={!review.ok || letIn.isPending}
          onClick={() => letIn.mutate({ document, enable: false })}
        >
          Import disabled
        </Button>
        <Button variant="ghost" size="lg" onClick={onOther}>
          Choose another file
        </Button>
      </div>
      <p className="text-12 text-fg-3">
        A disabled pipeline can be opened and changed, but nothing starts it until you enable it.
      </p>
    </footer>
  );
}

function useImport() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const to = useTo();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ document, enable }: { document: unknown; enable: boolean }) => {
      const { pipelineId } = await client.templates.import.mutate({ projectId, document });
      if (enable) await client.pipelines.setEnabled.mutate({ projectId, pipelineId, enabled: true });
      return pipelineId;
    },
    onSuccess: (pipelineId) => {
      void queryClient.invalidateQueries(trpc.pipelines.pathFilter());
      router.push(to('pipelines', pipelineId));
    },
    onError: sayFailure('Not imported'),
  });
}
