'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Json } from '#nodes/core/json.ts';
import { useSession } from '../session/context.ts';
import type { RunField } from './run-form.ts';

type Props = { fields: RunField[]; onSample: (values: Record<string, Json>) => void };

/** Fills the form's files with the sample data that came with the template. Nothing where there is none. */
export function UseSample({ fields, onSample }: Props) {
  const trpc = useTRPC();
  const { projectId, pipelineId } = useSession();
  const pipeline = useQuery(trpc.pipelines.get.queryOptions({ projectId, pipelineId }));
  const sample = useMutation(
    trpc.templates.sampleInput.mutationOptions({
      onSuccess: (files) => onSample(files as unknown as Record<string, Json>),
      onError: sayFailure('No sample data'),
    }),
  );
  if (!pipeline.data?.template || !fields.some(({ kind }) => kind === 'file')) return null;
  return (
    <Button
      variant="ghost"
      className="justify-self-start"
      icon={<FlaskConical size={14} />}
      busy={sample.isPending}
      onClick={() => sample.mutate({ projectId, pipelineId })}
    >
      Use the sample data of the template
    </Button>
  );
}
