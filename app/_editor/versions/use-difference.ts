'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { type Difference, differenceOf, diffGraphs } from '#nodes/core/diff/graphs.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { useSession } from '../session/context.ts';
import { type ChangeItem, changeItems } from './compare/changes.ts';

/** How the draft stands to the published version; null while that is not known, or while nothing is published. */
export type DraftDifference = { difference: Difference; items: ChangeItem[] } | null;

/** After a pause in editing it is looked at anew. */
const delayMs = 250;

/** What publishing would change, kept current while the draft is edited. */
export function useDifference(published: number | null): DraftDifference {
  const trpc = useTRPC();
  const session = useSession();
  const { projectId, pipelineId } = session;
  const version = useQuery(
    trpc.pipelines.version.queryOptions(
      { projectId, pipelineId, number: published ?? 1 },
      { staleTime: Number.POSITIVE_INFINITY, enabled: published !== null },
    ),
  );
  const graph = version.data?.number === published ? version.data?.graph : undefined;
  const [found, setFound] = useState<DraftDifference>(null);
  useEffect(() => {
    if (!graph) {
      setFound(null);
      return;
    }
    const { store } = session.document;
    const look = () => setFound(differenceFrom(graph, store.getState().graph));
    let timer: ReturnType<typeof setTimeout> | undefined;
    look();
    const unsubscribe = store.subscribe((state, before) => {
      if (state.graph === before.graph) return;
      clearTimeout(timer);
      timer = setTimeout(look, delayMs);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [session, graph]);
  return found;
}

/** The name belongs to the pipeline, not to its versions: another name alone makes no draft differ. */
function differenceFrom(published: Graph, draft: Graph): DraftDifference {
  const named = { ...published, name: draft.name };
  const diff = diffGraphs(named, draft);
  return { difference: differenceOf(diff), items: changeItems(diff, named, draft) };
}
