'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#app/_api/trpc.ts';
import type { PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import type { CallablePipeline } from '#server/pipelines/signatures.ts';
import { useSession } from '../../session/context.ts';

/** The published pipelines of the project, which a node can run. */
export function useCallablePipelines() {
  const trpc = useTRPC();
  const { projectId } = useSession();
  return useQuery(trpc.pipelines.signatures.queryOptions({ projectId }, { staleTime: 10_000 }));
}

/** They as the compiler looks them up: by id and, the older one first, by name. */
export function signaturesOf(pipelines: readonly CallablePipeline[]): PipelineSignatures {
  const found: PipelineSignatures = {};
  for (const { id, name, versions } of pipelines) {
    const byNumber = Object.fromEntries(versions.map(({ number, signature }) => [String(number), signature]));
    found[id] = byNumber;
    if (!Object.hasOwn(found, name)) found[name] = byNumber;
  }
  return found;
}

/** How a call names a pipeline: by its name, unless an older one bears it too. */
export function nameForCall(pipelines: readonly CallablePipeline[], id: string): string {
  const wanted = pipelines.find((pipeline) => pipeline.id === id);
  if (!wanted) return id;
  return pipelines.find(({ name }) => name === wanted.name)?.id === id ? wanted.name : id;
}
