import type { StoreApi } from 'zustand/vanilla';
import { definitions } from '#app/_canvas/definitions.ts';
import { createKeyedStore, type KeyedStore } from '#app/_canvas/keyed-store.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { type StaleCause, staleNodes } from '#nodes/core/partial/stale.ts';
import type { DocumentStore } from '../document/store.ts';
import type { UiState } from '../session/ui-store.ts';
import type { LiveRuns } from './live-runs.ts';

type Sources = {
  document: DocumentStore;
  live: LiveRuns;
  ui: StoreApi<UiState>;
  /** The graph that a run ran; null where it cannot be had. */
  fetchGraph: (runId: string) => Promise<Graph | null>;
};
/** Why the output of a node in the run on the canvas is not what the draft would give, by node id. */
export type Stale = { marks: KeyedStore<string>; stop(): void };

/** Edits come with every key; marks may be late by this. */
export const staleDelayMs = 80;

/** Keeps the marks: with every edit, run and choice of another run. */
export function createStale({ document, live, ui, fetchGraph }: Sources): Stale {
  const marks = createKeyedStore<string>(Object.is);
  /** Of the chosen run; null while it is fetched. */
  let known: { runId: string; graph: Graph | null } | null = null;
  let compared: { ran: Graph; graph: Graph; causes: ReturnType<typeof staleNodes> } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function load(runId: string): Promise<void> {
    known = { runId, graph: null };
    const graph = await fetchGraph(runId);
    if (known?.runId !== runId) return;
    known = graph && { runId, graph };
    if (graph) soon();
  }

  const show = () => {
    timer = null;
    const { runs, chosen } = live.store.getState();
    const run = chosen === null ? undefined : runs.get(chosen);
    if (!run || !ui.getState().overlays.live) return marks.replace(new Map());
    if (known?.runId !== run.row.id) void load(run.row.id);
    const ran = known?.runId === run.row.id ? known.graph : null;
    if (!ran) return marks.replace(new Map());
    const { graph } = document.store.getState();
    const gave = (nodeId: string) => (run.nodes[nodeId]?.done ?? 0) + (run.nodes[nodeId]?.failed ?? 0) > 0;
    // The run goes on many times a second, and what was changed since is the same each time.
    if (compared?.ran !== ran || compared.graph !== graph) compared = { ran, graph, causes: staleNodes(ran, graph) };
    const stale = [...compared.causes].filter(([nodeId]) => gave(nodeId));
    marks.replace(new Map(stale.map(([nodeId, cause]) => [nodeId, staleText(cause, nodeId, graph)])));
  };
  function soon(): void {
    timer ??= setTimeout(show, staleDelayMs);
  }

  const stops = [
    document.store.subscribe((state, before) => {
      if (state.graph !== before.graph) soon();
    }),
    live.store.subscribe(soon),
    ui.subscribe((state, before) => {
      if (state.overlays.live !== before.overlays.live) soon();
    }),
  ];
  return {
    marks,
    stop() {
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

const changes: Record<StaleCause['change'], string> = {
  type: 'another kind of node',
  version: 'another version of its node type',
  config: 'its configuration changed',
  inputs: 'its inputs changed',
  disabled: 'it was switched on or off',
  edges: 'other edges lead to it',
  removed: 'it was removed',
};

/** What made an output stale, in words. */
export function staleText({ nodeId, change }: StaleCause, of: string, graph: Graph): string {
  const what = changes[change];
  if (nodeId === of)
    return `Stale: since this run ${change === 'type' || change === 'version' ? `it is ${what}` : what}.`;
  const node = graph.nodes.find(({ id }) => id === nodeId);
  const title = node?.title || definitions.get(node?.type ?? '')?.title || nodeId;
  return `Stale: "${title}" before it changed since this run (${what}).`;
}
