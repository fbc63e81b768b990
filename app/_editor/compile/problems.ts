import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CardMark } from '#app/_canvas/context.ts';
import { createKeyedStore, type KeyedStore, sameRecord } from '#app/_canvas/keyed-store.ts';
import type { PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import { type Diagnostic, diagnosticCodes, type Severity } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { DocumentStore } from '../document/store.ts';
import type { Connections, Known, Language } from './protocol.ts';

export type ProblemsState = {
  /** The document that the diagnostics are of; null: nothing has been compiled yet. */
  graph: Graph | null;
  diagnostics: readonly Diagnostic[];
  programHash: string | null;
  /** What kept the compiler itself from answering. */
  failure: string | null;
};

/** What the compiler says of the document, kept current while it is edited. */
export type Problems = {
  store: StoreApi<ProblemsState>;
  marks: KeyedStore<CardMark>;
  setConnections(connections: Connections): void;
  setPipelines(pipelines: PipelineSignatures): void;
  stop(): void;
};

export const compileDelayMs = 60;

/** Compiles after each pause in editing. While one compilation runs, only the newest document waits. */
export function createProblems(document: DocumentStore, language: Language): Problems {
  const store = createStore<ProblemsState>(() => ({ graph: null, diagnostics: [], programHash: null, failure: null }));
  const marks = createKeyedStore<CardMark>(sameRecord);
  let known: Known = { connections: {} };
  let running = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const compileNow = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const { graph } = document.store.getState();
    try {
      const { diagnostics, programHash } = await language.compile(graph, known);
      store.setState({ graph, diagnostics, programHash, failure: null });
      marks.replace(marksOf(diagnostics));
    } catch (error) {
      store.setState({ failure: error instanceof Error ? error.message : String(error) });
    }
    running = false;
    if (again) {
      again = false;
      await compileNow();
    }
  };
  const unsubscribe = document.store.subscribe((state, before) => {
    if (state.graph === before.graph) return;
    clearTimeout(timer);
    timer = setTimeout(() => void compileNow(), compileDelayMs);
  });
  void compileNow();

  return {
    store,
    marks,
    setConnections(fresh) {
      if (sameRecord(fresh, known.connections)) return;
      known = { ...known, connections: fresh };
      void compileNow();
    },
    setPipelines(pipelines) {
      if (pipelines === known.pipelines) return;
      known = { ...known, pipelines };
      void compileNow();
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** One mark per node: its worst finding. Notices that need no action leave no mark. */
export function marksOf(diagnostics: readonly Diagnostic[]): Map<string, CardMark> {
  const marks = new Map<string, CardMark>();
  for (const diagnostic of diagnostics) {
    const { nodeId, severity, code, message } = diagnostic;
    if (nodeId === undefined || severity === 'info' || code === 'CONNECTION_MISSING') continue;
    const known = marks.get(nodeId);
    const warnsError = code === 'ERROR_NOT_HANDLED' || known?.warnsError === true;
    if (known && rank[known.severity] <= rank[severity]) marks.set(nodeId, { ...known, warnsError });
    else marks.set(nodeId, { severity, text: message, warnsError });
  }
  return marks;
}

/** The findings at one field of a node, and at everything inside it: `config.rules` has those of `config.rules[0].when`. */
export function findingsAt(diagnostics: readonly Diagnostic[], nodeId: string, field: string): Diagnostic[] {
  return diagnostics.filter(
    (diagnostic) =>
      diagnostic.nodeId === nodeId &&
      (diagnostic.field === field ||
        diagnostic.field?.startsWith(`${field}.`) ||
        diagnostic.field?.startsWith(`${field}[`)),
  );
}

/** What a finding is called where its message stands beside. */
export function titleOf(diagnostic: Diagnostic): string {
  return diagnosticCodes[diagnostic.code].title;
}
