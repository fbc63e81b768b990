'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import type { CardEstimate } from '#app/_canvas/context.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { createKeyedStore, type KeyedStore, sameRecord } from '#app/_canvas/keyed-store.ts';
import type { PipelineHistory } from '#server/pipelines/types.ts';
import { useGraph, useSession, useUi } from '../session/context.ts';
import { estimatesOf } from './estimates.ts';

const freshMs = 30_000;

/** The pipeline's own history, asked for while an overlay shows it. */
export function useHistory(): PipelineHistory | null {
  const session = useSession();
  const trpc = useTRPC();
  const wanted = useUi(({ overlays }) => overlays.spend || overlays.time);
  const { data } = useQuery(
    trpc.pipelines.nodeHistory.queryOptions(
      { projectId: session.projectId, pipelineId: session.pipelineId },
      { enabled: wanted, staleTime: freshMs, refetchOnMount: true },
    ),
  );
  return wanted ? (data ?? null) : null;
}

/** What each node is likely to cost and take, for the cards; empty while no overlay shows it. */
export function useEstimates(): KeyedStore<CardEstimate> {
  const [store] = useState(() => createKeyedStore<CardEstimate>(sameEstimate));
  const history = useHistory();
  const graph = useGraph((whole) => (history ? whole : null));
  const estimates = useMemo(
    () => (graph && history ? estimatesOf(graph, definitions, history) : new Map<string, CardEstimate>()),
    [graph, history],
  );
  useEffect(() => store.replace(estimates), [store, estimates]);
  return store;
}

function sameEstimate(a: CardEstimate, b: CardEstimate): boolean {
  return (
    sameRecord({ ...a, cost: null, time: null }, { ...b, cost: null, time: null }) &&
    sameRecord(a.cost ?? {}, b.cost ?? {}) &&
    sameRecord(a.time ?? {}, b.time ?? {})
  );
}
