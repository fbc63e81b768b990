import type { StoreApi } from 'zustand/vanilla';
import { definitions } from '#app/_canvas/definitions.ts';
import { type GraphShape, shapeOf } from '#app/_canvas/graph-shape.ts';
import type { StatusStore } from '#app/_canvas/status-store.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { DocumentStore } from '../document/store.ts';
import { isOver, type LiveRuns } from '../live/live-runs.ts';
import type { Past } from '../live/past.ts';
import type { UiState } from './ui-store.ts';

type Sources = { document: DocumentStore; live: LiveRuns; status: StatusStore; ui: StoreApi<UiState>; past: Past };

/** Keeps the canvas showing the chosen run, as long as the Live overlay is on. Answers how to end that. */
export function showRuns({ document, live, status, ui, past }: Sources): () => void {
  let known: { graph: Graph; shape: GraphShape } | null = null;
  const shapeNow = () => {
    const { graph } = document.store.getState();
    if (known?.graph !== graph) known = { graph, shape: shapeOf(graph, definitions) };
    return known.shape;
  };
  const show = () => {
    const { runs, chosen } = live.store.getState();
    const run = chosen === null ? undefined : runs.get(chosen);
    const on = ui.getState().overlays.live;
    const { at } = past.getState();
    const then = run && at?.runId === run.row.id ? at : null;
    const shown = then ?? (run && { nodes: run.nodes, ended: isOver(run) });
    status.show(shown && on ? { shape: shapeNow(), nodes: shown.nodes, ended: shown.ended } : null);
  };
  const stops = [
    // It tells once per frame and in one, so that what it tells need not wait for the next.
    live.store.subscribe(() => {
      show();
      status.flush();
    }),
    past.subscribe(show),
    document.store.subscribe((state, before) => {
      if (state.graph !== before.graph) show();
    }),
    ui.subscribe((state, before) => {
      if (state.overlays.live !== before.overlays.live) show();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
