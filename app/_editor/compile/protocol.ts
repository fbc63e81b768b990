import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Binding, Graph } from '#nodes/core/graph.ts';

/** What the installation can reach, as the compiler wants to know it. */
export type Connections = { smtp?: boolean; model?: boolean };

/** What the compiler found, and whether the graph can run. */
export type CompileResult = { diagnostics: Diagnostic[]; programHash: string | null };
/** Bindings that a new edge makes possible, by input. */
export type Proposals = Record<string, Binding>;

/** The language's questions that the editor asks, answered off the main thread where that is possible. */
export type Language = {
  compile(graph: Graph, connections: Connections): Promise<CompileResult>;
};

type Method = keyof Language;
export type LanguageRequest = { id: number; method: Method; args: unknown[] };
export type LanguageAnswer = { id: number; result: unknown } | { id: number; error: string };
