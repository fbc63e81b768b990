import { guard } from './compile/guard.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Graph } from './graph.ts';

/** A graph with nothing in it. */
export function newGraph(name: string): Graph {
  return { format: 'solograph/graph', version: 1, name, description: '', nodes: [], edges: [], notes: [] };
}

/** Reads a document as a graph, defaults filled in. Total: it answers null and what is wrong for all that is none. */
export function parseGraph(document: unknown): { graph: Graph | null; diagnostics: Diagnostic[] } {
  return guard(document);
}
