import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InsertPlace } from '../connect/place.ts';
import type { Position, Selection } from '../document/command.ts';
import type { Hit } from '../find/search-graph.ts';

export const overlayNames = ['live', 'spend', 'time', 'trust', 'risk'] as const;
export type Overlay = (typeof overlayNames)[number];
export type DockTab = 'problems' | 'console' | 'timeline' | 'spend';
export type InspectorSection = 'configure' | 'data' | 'provenance' | 'spend' | 'history';

export type EditorDialog =
  | { kind: 'run'; source: 'draft' | 'published'; until?: string }
  | { kind: 'run-one'; nodeId: string }
  | { kind: 'run-from'; nodeId: string }
  | { kind: 'pin'; nodeId: string }
  | { kind: 'publish' }
  | { kind: 'keys' }
  | { kind: 'palette' }
  /** What does this node lead to? */
  | { kind: 'connect'; from: string }
  | { kind: 'upgrade'; nodeIds: string[] };

/** The node picker: where it opens on the screen, and where the node goes, on the canvas and in the flow. */
export type Picker = { screen: Position; at: Position | null; place: InsertPlace };

/** What the editor shows besides the document. Never saved. */
export type UiState = {
  selection: Selection;
  overlays: Readonly<Record<Overlay, boolean>>;
  dock: DockTab;
  dockOpen: boolean;
  section: InspectorSection;
  dialog: EditorDialog | null;
  picker: Picker | null;
  /** On a narrow screen: the panel that covers the canvas. */
  sheet: 'library' | 'inspector' | 'dock' | null;
  /** The field to bring into view, e.g. `inputs.to`; `turn` tells two wishes for the same field apart. */
  field: { nodeId: string; field: string; turn: number } | null;
  /** The prompt that stands open among those of the pipeline, by its id. */
  prompt: string | null;
  /** What is edited where it stands on the canvas, by its id there: a node's or group's title, a note's text. */
  inPlace: string | null;
  /** The node whose comment is to be written; `turn` tells two wishes apart. */
  commenting: { nodeId: string; turn: number } | null;
  /** Find in the graph, as long as its bar is open. */
  find: Find | null;
  /** Where on the drawing the context menu was opened. */
  menuAt: Position | null;
  /** Work that takes long enough to be said: `Tidying 900 nodes`. */
  busy: string | null;
  /** What a screen reader is to say; `turn` tells two alike apart. */
  spoken: { text: string; turn: number } | null;
  /** The problem that was gone to last, by its key. */
  problem: string | null;
  /** Of a node that ran several times: the step that is looked at. */
  lookedAt: { runId: string; nodeId: string; path: string } | null;
  /** The finished run on the canvas is shown as it was after this event; null there: after its last. */
  travel: { runId: string; seq: number | null } | null;
};

/** `at`: the hit that is looked at. `turn`: how often the bar was asked for. */
export type Find = { query: string; hits: readonly Hit[]; at: number; turn: number };

export const noSelection: Selection = { nodes: [], edges: [], notes: [], groups: [] };

/** Creates the state of a freshly opened editor. */
export function createUiStore(): StoreApi<UiState> {
  return createStore<UiState>(() => ({
    selection: noSelection,
    overlays: { live: true, spend: false, time: false, trust: false, risk: false },
    dock: 'problems',
    dockOpen: true,
    section: 'configure',
    dialog: null,
    picker: null,
    sheet: null,
    field: null,
    prompt: null,
    inPlace: null,
    commenting: null,
    find: null,
    menuAt: null,
    busy: null,
    spoken: null,
    problem: null,
    lookedAt: null,
    travel: null,
  }));
}
