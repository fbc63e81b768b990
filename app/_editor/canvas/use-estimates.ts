'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import type { CardEstimate } from '#app/_canvas/context.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { createKeyedStore, type KeyedStore, sameRecord } from '#app/_canvas/keyed-store.ts';
import type { PipelineHistory } from '#server/pipelines/types.ts';
import { isOver } from '../live/live-runs.ts';
import { useGraph, useLive, useSession, useUi } from '../session/context.ts';
import { estimatesOf } from './estimates.ts';

const freshMs = 30_000;

/** The pipeline's own history, asked for while an overlay shows it. */
export function useHistory(): PipelineHistory | null {
  return useHistoryQuery().history;
}

function useHistoryQuery(): { history: PipelineHistory | null; refetch: () => unknown } {
  const session = useSession();
  const trpc = useTRPC();
  const wanted = useUi(({ overlays }) => overlays.spend || overlays.time);
  const { data, refetch } = useQuery(
    trpc.pipelines.nodeHistory.queryOptions(
      { projectId: session.projectId, pipelineId: session.pipelineId },
      { enabled: wanted, staleTime: freshMs, refetchOnMount: true },
    ),
  );
  return { history: wanted ? (data ?? null) : null, refetch };
}

/** Where cards find what they are likely to cost and take. */
export function useEstimateStore(): KeyedStore<CardEstimate> {
  const [store] = useState(() => createKeyedStore<CardEstimate>(sameEstimate));
  return store;
}

/** Keeps the store filled while an overlay shows it. Apart from the drawing, which must not render for it. */
export function EstimatesFeed({ store }: { store: KeyedStore<CardEstimate> }): null {
  const { history, refetch } = useHistoryQuery();
  const known = history !== null;
  const ended = useLive(({ runs }) => [...runs.values()].filter(isOver).length);
  const seen = useRef(ended);
  useEffect(() => {
    // A run that ended is history too.
    if (known && seen.current !== ended) void refetch();
    seen.current = ended;
  }, [known, ended, refetch]);
  const graph = useGraph((whole) => (history ? whole : null));
  const estimates = useMemo(
    () => (graph && history ? estimatesOf(graph, definitions, history) : new Map<string, CardEstimate>()),
    [graph, history],
  );
  useEffect(() => store.replace(estimates), [store, estimates]);
  return null;
}

function sameEstimate(a: CardEstimate, b: CardEstimate): boolean {
  return (
    sameRecord({ ...a, cost: null, time: null }, { ...b, cost: null, time: null }) &&
    sameRecord(a.cost ?? {}, b.cost ?? {}) &&
    sameRecord(a.time ?? {}, b.time ?? {})
  );
}
