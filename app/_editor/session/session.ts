import type { StoreApi } from 'zustand/vanilla';
import type { ElementLook } from '#app/_canvas/context.ts';
import type { KeyedStore } from '#app/_canvas/keyed-store.ts';
import { createLit, type Lit } from '#app/_canvas/lit.ts';
import { pacedFrames } from '#app/_canvas/next-frame.ts';
import { createStatusStore, type StatusStore } from '#app/_canvas/status-store.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { PipelineView } from '#server/pipelines/types.ts';
import { createProblems, type Problems } from '../compile/problems.ts';
import type { Language } from '../compile/protocol.ts';
import type { Position } from '../document/command.ts';
import { inOrder } from '../document/member-order.ts';
import { createDocumentStore, type DocumentStore } from '../document/store.ts';
import { createTidier, type Tidier } from '../layout/tidier.ts';
import { createLiveRuns, type FetchedRun, type LiveRuns } from '../live/live-runs.ts';
import { createPast, type Past } from '../live/past.ts';
import { createSaid, type SaidStore } from '../live/said.ts';
import { createStale, type Stale } from '../live/stale.ts';
import { createPins, type LastOutput, type Pins, type PinsApi } from '../pins/pins.ts';
import { type Autosave, createAutosave, type SaveRequest, type SaveResult } from '../saving/autosave.ts';
import type { Journal } from '../saving/journal.ts';
import { type Opened, openDraft } from '../saving/open-draft.ts';
import type { Taken } from '../saving/take-journal.ts';
import { createLooks } from './looks.ts';
import { showRuns } from './show-runs.ts';
import { createUiStore, type UiState } from './ui-store.ts';

/** What the canvas on the screen can do for the rest of the editor. */
export type View = {
  fit(): void;
  /** Brings nodes, notes or groups into view, by their ids on the canvas. */
  frame(flowIds: string[]): void;
  /** As `frame`, where the element cannot be seen or read as things are. */
  show(flowId: string): void;
  /** Brings a node into view where it is not, and gives the keyboard to it. */
  reach(flowId: string): void;
  /** Gives the keyboard to an element, unless something else has it. */
  focusElement(flowId: string): void;
  zoomTo(zoom: number): void;
  /** The flow position in the middle of what is seen. */
  centre(): Position;
  /** The flow position under the pointer; null: it is elsewhere. */
  pointer(): Position | null;
  /** Larger (above 1) or smaller, around the middle. */
  zoomBy(factor: number): void;
  focus(): void;
};

/** One open pipeline: its document, and everything that happens around it. Framework-free; React binds to the stores. */
export type EditorSession = {
  projectId: string;
  pipelineId: string;
  document: DocumentStore;
  autosave: Autosave;
  journal: Journal;
  ui: StoreApi<UiState>;
  live: LiveRuns;
  /** What steps say while they run. */
  said: SaidStore;
  status: StatusStore;
  problems: Problems;
  language: Language;
  pins: Pins;
  /** What is edited in place or found, for the canvas. */
  looks: KeyedStore<ElementLook>;
  tidier: Tidier;
  /** Outputs of the run on the canvas that the draft would not give any more. */
  stale: Stale;
  /** The node that is pointed at, on the canvas or in the timeline. */
  lit: Lit;
  /** The run on the canvas as it was at a checkpoint, while that is looked at. */
  past: Past;
  /** What a node gave last in the run on the canvas; null: there is nothing. */
  lastOutput: (nodeId: string) => Promise<LastOutput | null>;
  /** Set by the canvas while it is on the screen. */
  view: View | null;
  stop(): void;
};

export type SessionOptions = {
  projectId: string;
  pipeline: PipelineView;
  save: (request: SaveRequest) => Promise<SaveResult>;
  fetchRun: (runId: string) => Promise<FetchedRun | null>;
  /** The journal of this page and what an earlier page left in it. */
  kept: Taken;
  language: { language: Language; stop: () => void };
  pins: PinsApi;
  fetchGraph: (runId: string) => Promise<Graph | null>;
  fetchOutput: (at: { runId: string; state: string; path: string }) => Promise<LastOutput | null>;
};

/** Above so many nodes a run is shown ten times a second, not in every frame: its cards are boxes where all are in view. */
const manyNodes = 150;
const calmMs = 95;

/** Opens a pipeline. Edits that never reached the server are taken up again; a newer draft beside them is a conflict. */
export function createSession(options: SessionOptions): EditorSession {
  const { projectId, pipeline, save, fetchRun, kept, language } = options;
  const { draftRevision: revision, updatedAt } = pipeline;
  // As the document has it: a draft that only lists its members otherwise is no edit.
  const graph = inOrder(pipeline.draft);
  const opened = openDraft(kept.draft, { revision, graph, updatedAt });
  const { document, autosave } = openDocument(opened, { journal: kept.journal, save });
  // Changed in the list of pipelines while this browser kept the older one.
  if (opened.draft.ledger.base?.name === document.store.getState().graph.name && !opened.conflict)
    document.dispatch({ kind: 'set-name', name: graph.name });
  const ui = createUiStore();
  const live = createLiveRuns({
    pipelineId: pipeline.id,
    fetchRun,
    onFrame: pacedFrames(() => (document.store.getState().graph.nodes.length > manyNodes ? calmMs : 0)),
  });
  const status = createStatusStore();
  const problems = createProblems(document, language.language);
  const { looks, stop: stopLooks } = createLooks(ui);
  const tidier = createTidier();
  const past = createPast();
  const stopShowing = showRuns({ document, live, status, ui, past });
  const stale = createStale({ document, live, ui, fetchGraph: options.fetchGraph });
  const stopSettling = ui.subscribe(({ selection }, before) => {
    if (selection !== before.selection) document.settle();
  });
  return {
    projectId,
    pipelineId: pipeline.id,
    document,
    autosave,
    journal: kept.journal,
    ui,
    live,
    said: createSaid(),
    status,
    problems,
    language: language.language,
    pins: createPins(options.pins),
    looks,
    tidier,
    stale,
    lit: createLit(),
    past,
    async lastOutput(nodeId) {
      const { runs, chosen } = live.store.getState();
      const node = chosen === null ? undefined : runs.get(chosen)?.nodes[nodeId];
      if (chosen === null || !node) return null;
      const { lookedAt } = ui.getState();
      const path = lookedAt?.runId === chosen && lookedAt.nodeId === nodeId ? lookedAt.path : node.lastPath;
      return await options.fetchOutput({ runId: chosen, state: nodeId, path });
    },
    view: null,
    stop() {
      stopShowing();
      stopLooks();
      tidier.stop();
      stale.stop();
      stopSettling();
      void autosave.flush();
      autosave.stop();
      problems.stop();
      live.stop();
      language.stop();
    },
  };
}

function openDocument(
  { draft, conflict, steps }: Opened,
  { journal, save }: { journal: Journal; save: SessionOptions['save'] },
): Pick<EditorSession, 'document' | 'autosave'> {
  const document = createDocumentStore(draft.document.graph, Date.now, draft.document);
  journal.follow(() => autosave.draft(), steps !== null);
  for (const step of steps ?? []) journal.append(step);
  const autosave: Autosave = createAutosave({ document, ledger: draft.ledger, conflict, save, journal });
  return { document, autosave };
}
