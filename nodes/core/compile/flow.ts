import type { AnyNodeDeclaration, InputSpec } from '../define-node.ts';
import type { GraphEdge, GraphNode } from '../graph.ts';
import type { JoinRule } from '../program.ts';
import type { Type } from '../types.ts';

/** A node whose type is known and whose configuration has been read. */
export type ResolvedNode = {
  node: GraphNode;
  declaration: AnyNodeDeclaration;
  config: unknown;
  inputs: Record<string, InputSpec>;
  /** Declared outcomes; `error` is added by `outcomesOf` where it is wired. */
  outcomes: Record<string, Type>;
};

/** The graph by position: nodes and edges are numbers into these lists, so that passes stay linear. */
export type Flow = {
  nodes: readonly ResolvedNode[];
  indexOf: ReadonlyMap<string, number>;
  edges: readonly GraphEdge[];
  /** Edges into each node. */
  into: readonly (readonly number[])[];
  /** Edges out of each node, by outcome. */
  outOf: readonly ReadonlyMap<string, readonly number[]>[];
};

/** Indexes resolved nodes and the edges between them. Edges to or from unknown nodes are left out. */
export function buildFlow(nodes: readonly ResolvedNode[], edges: readonly GraphEdge[]): Flow {
  const indexOf = new Map(nodes.map(({ node }, index) => [node.id, index]));
  const into: number[][] = nodes.map(() => []);
  const outOf: Map<string, number[]>[] = nodes.map(() => new Map());
  const known = edges.filter((edge) => indexOf.has(edge.from) && indexOf.has(edge.to));
  known.forEach((edge, e) => {
    into[indexOf.get(edge.to)!]!.push(e);
    const out = outOf[indexOf.get(edge.from)!]!;
    out.set(edge.outcome, [...(out.get(edge.outcome) ?? []), e]);
  });
  return { nodes, indexOf, edges: known, into, outOf };
}

/** The outcomes of a node that are arcs of its state: those declared, without a map's `each`, with `error` where it is wired. */
export function outcomesOf(flow: Flow, n: number): string[] {
  const { declaration, outcomes } = flow.nodes[n]!;
  const own = Object.keys(outcomes).filter((outcome) => !(declaration.kind === 'map' && outcome === 'each'));
  return flow.outOf[n]!.has('error') && !own.includes('error') ? [...own, 'error'] : own;
}

/** When a node with several incoming edges starts. */
export function joinRuleOf(flow: Flow, n: number): JoinRule {
  const { declaration, config } = flow.nodes[n]!;
  if (declaration.kind !== 'join') return { kind: 'all' };
  const { mode, count } = config as { mode: 'all' | 'any' | 'count'; count?: number | null };
  if (mode === 'any') return { kind: 'any' };
  return mode === 'count' ? { kind: 'count', count: count ?? 1 } : { kind: 'all' };
}

/** A node with several incoming edges is a join. */
export const isJoin = (flow: Flow, n: number): boolean => flow.into[n]!.length > 1;
export const sourceOf = (flow: Flow, e: number): number => flow.indexOf.get(flow.edges[e]!.from)!;
export const targetOf = (flow: Flow, e: number): number => flow.indexOf.get(flow.edges[e]!.to)!;
