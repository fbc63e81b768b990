import type { AnyNodeDeclaration, InputSpec, NodeKind } from '../define-node.ts';
import type { GraphEdge, GraphNode, Prompt } from '../graph.ts';
import type { JoinRule } from '../program.ts';
import type { Type } from '../types.ts';
import type { Absent } from './pass-over.ts';

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
  /** Node → the node drawn at its handle `undo`. Those are no part of the flow: they run only to take back what the first did. */
  undoneBy: ReadonlyMap<number, number>;
  /** The same the other way round. */
  undoes: ReadonlyMap<number, number>;
  /** By id: nodes that take no part, because they are disabled or hang on one that is. */
  absent: ReadonlyMap<string, Absent>;
  /** The prompts of the graph, by id. */
  prompts: ReadonlyMap<string, Prompt>;
  /** By node: the outcomes that are arcs of its state. */
  arcs: readonly (readonly string[])[];
};

type Joined = {
  edges: readonly GraphEdge[];
  undo: readonly GraphEdge[];
  absent: Flow['absent'];
  prompts: readonly Prompt[] | undefined;
};

/** Indexes resolved nodes and the edges between them. Edges to or from unknown nodes are left out. */
export function buildFlow(nodes: readonly ResolvedNode[], { edges, undo, absent, prompts = [] }: Joined): Flow {
  const indexOf = new Map(nodes.map(({ node }, index) => [node.id, index]));
  const into: number[][] = nodes.map(() => []);
  const outOf: Map<string, number[]>[] = nodes.map(() => new Map());
  const isKnown = (edge: GraphEdge): boolean => indexOf.has(edge.from) && indexOf.has(edge.to);
  const known = edges.filter(isKnown);
  known.forEach((edge, e) => {
    into[indexOf.get(edge.to)!]!.push(e);
    const out = outOf[indexOf.get(edge.from)!]!;
    const list = out.get(edge.outcome);
    if (list) list.push(e);
    else out.set(edge.outcome, [e]);
  });
  const pairs = undo.filter(isKnown).map(({ from, to }) => [indexOf.get(from)!, indexOf.get(to)!] as const);
  return {
    nodes,
    indexOf,
    edges: known,
    into,
    outOf,
    undoneBy: new Map(pairs),
    undoes: new Map(pairs.map(([first, by]) => [by, first])),
    absent,
    prompts: new Map(prompts.map((prompt) => [prompt.id, prompt])),
    arcs: nodes.map((resolved, n) => arcsOf(resolved, outOf[n]!.has('error'))),
  };
}

/** Kinds with a body: nodes after their outcome `each` run once per item of a map, in each pass of a loop, or per tool call of an agent. */
export const hasBody = (kind: NodeKind): boolean => kind === 'map' || kind === 'loop' || kind === 'agent';

/** Inputs that are evaluated at the end of each iteration, and not before the node runs. */
export const isAtEnd = (kind: NodeKind, input: string): boolean =>
  ((kind === 'map' || kind === 'agent') && input === 'result') ||
  (kind === 'loop' && (input === 'next' || input === 'again'));

function arcsOf({ declaration, outcomes }: ResolvedNode, hasError: boolean): string[] {
  const own = Object.keys(outcomes).filter((outcome) => !(hasBody(declaration.kind) && outcome === 'each'));
  return hasError && !own.includes('error') ? [...own, 'error'] : own;
}

/** The outcomes of a node that are arcs of its state: those declared, without the `each` of a map or loop, with `error` where it is wired. */
export function outcomesOf(flow: Flow, n: number): readonly string[] {
  return flow.arcs[n]!;
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
