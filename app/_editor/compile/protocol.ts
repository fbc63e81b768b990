import type { PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import type { TrustView } from '#nodes/core/compile/trust-view.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Binding, Graph, GraphEdge } from '#nodes/core/graph.ts';
import type { Type } from '#nodes/core/types.ts';
import type { Fitting } from '../connect/fitting.ts';
import type { InsertPlace } from '../connect/place.ts';
import type { GraphDelta } from './graph-delta.ts';

/** What the installation can reach, as the compiler wants to know it. */
export type Connections = { smtp?: boolean; model?: boolean };

/** What the compiler wants to know beside the document. `pipelines`: what others take and give; absent: not known yet. */
export type Known = { connections: Connections; pipelines?: PipelineSignatures };

/** What the compiler found, whether the graph can run, and how untrusted text goes through it. */
export type CompileResult = { diagnostics: Diagnostic[]; runnable: boolean; trust: TrustView };
/** Bindings that a new edge makes possible, by input. */
export type Proposals = Record<string, Binding>;

/** The language's questions that the editor asks, answered off the main thread where that is possible. Each is of a graph. */
export type Language = {
  compile(graph: Graph, known: Known): Promise<CompileResult>;
  /** Bindings for what the target of an edge does not have yet. The edge need not be in the graph. */
  propose(graph: Graph, edge: Pick<GraphEdge, 'from' | 'outcome' | 'to'>): Promise<Proposals>;
  /** The variables that an input of a node can read, with their types. */
  scope(graph: Graph, nodeId: string, input: string): Promise<Record<string, Type>>;
  /** The node types that may be put at a place, and how well each fits there. */
  fitting(graph: Graph, place: InsertPlace): Promise<Fitting>;
};

type Method = keyof Language;
/** `delta`: the graph asked about, as it differs from the one of the question before. */
export type LanguageRequest = { id: number; method: Method; delta: GraphDelta; args: unknown[] };
export type LanguageAnswer = { id: number; result: unknown } | { id: number; error: string };
