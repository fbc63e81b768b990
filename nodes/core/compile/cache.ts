import type { Diagnostic } from '../diagnostics.ts';
import type { GraphEdge, GraphNode } from '../graph.ts';
import type { ResolvedNode } from './flow.ts';

/** An element of a document as it was read, with the characters that it adds to the document's size. */
export type ReadElement<Element> = { element: Element; characters: number };

/**
 * What was found of a document's nodes and edges, by identity: for whoever compiles a document again after each edit.
 * It holds as long as elements are replaced whole and never written into. One cache goes with one set of definitions.
 */
export type CompileCache = {
  nodes: WeakMap<object, ReadElement<GraphNode>>;
  edges: WeakMap<object, ReadElement<GraphEdge>>;
  resolved: WeakMap<GraphNode, { resolved: ResolvedNode | null; diagnostics: readonly Diagnostic[] }>;
};

/** An empty cache. */
export function createCompileCache(): CompileCache {
  return { nodes: new WeakMap(), edges: new WeakMap(), resolved: new WeakMap() };
}
