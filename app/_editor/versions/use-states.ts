'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#app/_api/trpc.ts';
import { moment } from '#app/_ui/format.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { useGraph, useSession } from '../session/context.ts';
import type { StateRef } from './refs.ts';

/** One state of the pipeline, as far as it has come. */
export type LoadedState = {
  ref: StateRef;
  /** `v3`, `the draft`, `the draft of 14:02`. */
  label: string;
  graph: Graph | null;
  error: unknown;
};

/** The graph of a state: the draft as it is edited here, anything else from the server, where it never changes. */
export function useLoadedState(ref: StateRef): LoadedState {
  const trpc = useTRPC();
  const { projectId, pipelineId } = useSession();
  const draft = useGraph((graph) => graph);
  const fixed = { staleTime: Number.POSITIVE_INFINITY };
  const ids = { projectId, pipelineId };
  const version = useQuery(
    trpc.pipelines.version.queryOptions(
      { ...ids, number: ref.kind === 'version' ? ref.number : 1 },
      { ...fixed, enabled: ref.kind === 'version' },
    ),
  );
  const save = useQuery(
    trpc.pipelines.draftAt.queryOptions(
      { ...ids, saveId: ref.kind === 'save' ? ref.id : '' },
      { ...fixed, enabled: ref.kind === 'save' },
    ),
  );
  const run = useQuery(
    trpc.runs.get.queryOptions(
      { projectId, runId: ref.kind === 'run' ? ref.id : '' },
      { ...fixed, enabled: ref.kind === 'run' },
    ),
  );
  switch (ref.kind) {
    case 'draft':
      return { ref, label: 'the draft', graph: draft, error: null };
    case 'version':
      return { ref, label: `v${ref.number}`, graph: version.data?.graph ?? null, error: version.error };
    case 'save': {
      const label = save.data ? `the draft of ${moment(save.data.at)}` : 'a draft';
      return { ref, label, graph: save.data?.graph ?? null, error: save.error };
    }
    case 'run': {
      const of = run.data?.version == null ? 'the draft that ran' : `v${run.data.version}`;
      const label = run.data ? `${of} in R-${run.data.ref}` : 'what ran';
      return { ref, label, graph: run.data?.graph ?? null, error: run.error };
    }
  }
}
