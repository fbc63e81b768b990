import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CardMark, EdgeMark, Finding, TrustMark } from '#app/_canvas/context.ts';
import { createKeyedStore, type KeyedStore, sameRecord } from '#app/_canvas/keyed-store.ts';
import type { PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import type { EdgeTrust, TrustView } from '#nodes/core/compile/trust-view.ts';
import { type Diagnostic, diagnosticCodes, type Severity } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { DocumentStore } from '../document/store.ts';
import type { Connections, Known, Language } from './protocol.ts';

export type ProblemsState = {
  /** The document that the diagnostics are of; null: nothing has been compiled yet. */
  graph: Graph | null;
  diagnostics: readonly Diagnostic[];
  /** Nothing stands in the way of a run. */
  runnable: boolean;
  trust: TrustView;
  /** What kept the compiler itself from answering. */
  failure: string | null;
};

/** What the compiler says of the document, kept current while it is edited. */
export type Problems = {
  store: StoreApi<ProblemsState>;
  marks: KeyedStore<CardMark>;
  edgeMarks: KeyedStore<EdgeMark>;
  /** By node and by edge: what untrusted text does there. */
  trust: KeyedStore<TrustMark>;
  edgeTrust: KeyedStore<EdgeTrust | 'leak'>;
  setConnections(connections: Connections): void;
  setPipelines(pipelines: PipelineSignatures): void;
  stop(): void;
};

export const compileDelayMs = 60;
/** Above so many nodes the first time waits until they are drawn: it would take a core from the page that draws them. */
const manyNodes = 200;
const firstDelayMs = 900;

/** Compiles after each pause in editing. While one compilation runs, only the newest document waits. */
export function createProblems(document: DocumentStore, language: Language): Problems {
  const store = createStore<ProblemsState>(() => ({
    graph: null,
    diagnostics: [],
    runnable: false,
    trust: { nodes: {}, edges: {} },
    failure: null,
  }));
  const marks = createKeyedStore<CardMark>(sameMark);
  const edgeMarks = createKeyedStore<EdgeMark>(sameMark);
  const trustMarks = createKeyedStore<TrustMark>(sameRecord);
  const edgeTrust = createKeyedStore<EdgeTrust | 'leak'>(Object.is);
  let known: Known = { connections: {} };
  let begun = false;
  let running = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const compileNow = async () => {
    begun = true;
    if (running) {
      again = true;
      return;
    }
    running = true;
    const { graph } = document.store.getState();
    try {
      const { diagnostics, runnable, trust } = await language.compile(graph, known);
      store.setState({ graph, diagnostics, runnable, trust, failure: null });
      marks.replace(marksOf(diagnostics));
      edgeMarks.replace(edgeMarksOf(diagnostics));
      trustMarks.replace(trustMarksOf(trust, diagnostics));
      edgeTrust.replace(edgeTrustOf(trust, diagnostics, graph));
    } catch (error) {
      store.setState({ failure: error instanceof Error ? error.message : String(error) });
    }
    running = false;
    if (again) {
      again = false;
      await compileNow();
    }
  };
  const compileIn = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void compileNow(), delayMs);
  };
  /** What became known before the first time is part of it. */
  const compileAnew = () => {
    if (begun) void compileNow();
  };
  const unsubscribe = document.store.subscribe((state, before) => {
    if (state.graph !== before.graph) compileIn(compileDelayMs);
  });
  if (document.store.getState().graph.nodes.length > manyNodes) compileIn(firstDelayMs);
  else void compileNow();

  return {
    store,
    marks,
    edgeMarks,
    trust: trustMarks,
    edgeTrust,
    setConnections(fresh) {
      if (sameRecord(fresh, known.connections)) return;
      known = { ...known, connections: fresh };
      compileAnew();
    },
    setPipelines(pipelines) {
      if (pipelines === known.pipelines) return;
      known = { ...known, pipelines };
      compileAnew();
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** One mark per node: its worst finding, and all of them. Notices that need no action leave no mark. */
export function marksOf(diagnostics: readonly Diagnostic[]): Map<string, CardMark> {
  const marks = new Map<string, CardMark>();
  for (const diagnostic of diagnostics) {
    const { nodeId, edgeId, severity, code } = diagnostic;
    // What is wrong with an edge stands on the edge.
    if (nodeId === undefined || edgeId !== undefined || severity === 'info' || code === 'CONNECTION_MISSING') continue;
    const known = marks.get(nodeId);
    const warnsError = code === 'ERROR_NOT_HANDLED' || known?.warnsError === true;
    marks.set(nodeId, { ...withFinding(known, diagnostic), warnsError });
  }
  return marks;
}

/** One mark per edge. */
export function edgeMarksOf(diagnostics: readonly Diagnostic[]): Map<string, EdgeMark> {
  const marks = new Map<string, EdgeMark>();
  for (const diagnostic of diagnostics)
    if (diagnostic.edgeId !== undefined && diagnostic.severity !== 'info')
      marks.set(diagnostic.edgeId, withFinding(marks.get(diagnostic.edgeId), diagnostic));
  return marks;
}

function withFinding(known: EdgeMark | undefined, { severity, code, message }: Diagnostic): EdgeMark {
  const { title, help } = diagnosticCodes[code];
  const finding: Finding = { severity, title, message, help };
  const worst = known && rank[known.severity] <= rank[severity] ? known.severity : severity;
  return { severity: worst, findings: [...(known?.findings ?? []), finding] };
}

function sameMark(a: EdgeMark & { warnsError?: boolean }, b: EdgeMark & { warnsError?: boolean }): boolean {
  return (
    a.severity === b.severity &&
    a.warnsError === b.warnsError &&
    a.findings.length === b.findings.length &&
    a.findings.every((finding, at) => sameRecord(finding, b.findings[at] as Finding))
  );
}

function leaking(diagnostics: readonly Diagnostic[]): Set<string> {
  return new Set(
    diagnostics.flatMap(({ code, nodeId }) => (code === 'UNTRUSTED_UNSAFE_WRITE' && nodeId ? [nodeId] : [])),
  );
}

/** What untrusted text does along each edge that it passes. */
export function edgeTrustOf(
  trust: TrustView,
  diagnostics: readonly Diagnostic[],
  { edges }: Graph,
): Map<string, EdgeTrust | 'leak'> {
  const leaks = leaking(diagnostics);
  const found = new Map<string, EdgeTrust | 'leak'>(Object.entries(trust.edges));
  if (leaks.size > 0)
    for (const { id, to } of edges) if (leaks.has(to) && found.get(id) === 'open') found.set(id, 'leak');
  return found;
}

/** What untrusted text does at each node that it touches; red where it reaches what cannot be taken back. */
export function trustMarksOf({ nodes }: TrustView, diagnostics: readonly Diagnostic[]): Map<string, TrustMark> {
  const leaks = leaking(diagnostics);
  return new Map(
    Object.entries(nodes).map(([id, { enters, reads, gives, stops }]): [string, TrustMark] => {
      const inputs = reads.join(', ');
      if (leaks.has(id)) return [id, { kind: 'leak', inputs }];
      if (stops) return [id, { kind: stops, inputs }];
      if (enters) return [id, { kind: 'enters', inputs }];
      return [id, { kind: gives ? 'passes' : 'reads', inputs }];
    }),
  );
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
