import type { PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Binding, Graph, GraphEdge } from '#nodes/core/graph.ts';
import type { Type } from '#nodes/core/types.ts';
import type { Fitting } from '../connect/fitting.ts';
import type { InsertPlace } from '../connect/place.ts';

/** What the installation can reach, as the compiler wants to know it. */
export type Connections = { smtp?: boolean; model?: boolean };

/** What the compiler wants to know beside the document. `pipelines`: what others take and give; absent: not known yet. */
export type Known = { connections: Connections; pipelines?: PipelineSignatures };

/** What the compiler found, and whether the graph can run. */
export type CompileResult = { diagnostics: Diagnostic[]; programHash: string | null };
/** Bindings that a new edge makes possible, by input. */
export type Proposals = Record<string, Binding>;

/** The language's questions that the editor asks, answered off the main thread where that is possible. */
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
export type LanguageRequest = { id: number; method: Method; args: unknown[] };
export type LanguageAnswer = { id: number; result: unknown } | { id: number; error: string };
