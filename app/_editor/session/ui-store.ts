import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WireEnd } from '../connect/targets.ts';
import type { Position, Selection } from '../document/command.ts';

export const overlayNames = ['live', 'spend', 'time', 'risk'] as const;
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
  | { kind: 'palette' };

/** The node picker: where it opens on the screen, where the node goes, and the wire that it continues. */
export type Picker = { screen: Position; flow: Position; wire: WireEnd | null };

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
  /** The title to be edited in the inspector. */
  renaming: { nodeId: string; turn: number } | null;
  /** The note to be edited. */
  editingNote: string | null;
  /** Of a node that ran several times: the step that is looked at. */
  lookedAt: { runId: string; nodeId: string; path: string } | null;
  /** The finished run on the canvas is shown as it was after this event; null there: after its last. */
  travel: { runId: string; seq: number | null } | null;
};

export const noSelection: Selection = { nodes: [], edges: [], notes: [] };

/** Creates the state of a freshly opened editor. */
export function createUiStore(): StoreApi<UiState> {
  return createStore<UiState>(() => ({
    selection: noSelection,
    overlays: { live: true, spend: false, time: false, risk: false },
    dock: 'problems',
    dockOpen: true,
    section: 'configure',
    dialog: null,
    picker: null,
    sheet: null,
    field: null,
    renaming: null,
    editingNote: null,
    lookedAt: null,
    travel: null,
  }));
}
