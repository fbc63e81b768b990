import { closest } from '../cel/suggest.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Graph, GraphEdge } from '../graph.ts';
import type { ResolvedNode } from './flow.ts';
import { setAside, undoHandle } from './undo.ts';

/** Checks each edge against the nodes it joins. Answers those that can be followed, and apart those of the handle `undo`. */
export function connect(
  graph: Graph,
  nodes: readonly ResolvedNode[],
): { edges: GraphEdge[]; undo: GraphEdge[]; diagnostics: Diagnostic[] } {
  const present = new Set(graph.nodes.map(({ id }) => id));
  const byId = new Map(nodes.map((resolved) => [resolved.node.id, resolved]));
  const diagnostics: Diagnostic[] = [];
  const pairs = new Set<string>();
  const edges = graph.edges.filter((edge) => {
    const problem = unknownEnd(edge, present) ?? misplaced(edge, byId) ?? repeated(edge, pairs);
    if (problem)
      diagnostics.push({
        ...problem,
        severity: 'error',
        edgeId: edge.id,
        fix: problem.fix ?? { title: 'Remove the edge', change: { kind: 'remove-edge', edgeId: edge.id } },
      });
    return !problem;
  });
  const aside = setAside(edges, byId);
  return { ...aside, diagnostics: [...diagnostics, ...aside.diagnostics] };
}

type Problem = Pick<Diagnostic, 'code' | 'message' | 'field' | 'nodeId' | 'fix'>;

function unknownEnd(edge: GraphEdge, present: ReadonlySet<string>): Problem | null {
  for (const end of ['from', 'to'] as const)
    if (!present.has(edge[end]))
      return {
        code: 'UNKNOWN_NODE',
        field: end,
        message: `There is no node "${edge[end]}". Remove the edge or add the node.`,
      };
  return null;
}

function misplaced(edge: GraphEdge, byId: ReadonlyMap<string, ResolvedNode>): Problem | null {
  const from = byId.get(edge.from);
  const to = byId.get(edge.to);
  if (to?.declaration.kind === 'trigger')
    return {
      code: 'EDGE_INTO_TRIGGER',
      field: 'to',
      nodeId: edge.to,
      message: `"${edge.to}" is a trigger: it starts runs, nothing can lead to it.`,
    };
  if (!from || edge.outcome === undoHandle) return null;
  const names = outcomeNames(from);
  if (names.includes(edge.outcome)) return null;
  const near = closest(edge.outcome, names);
  return {
    code: 'UNKNOWN_PORT',
    field: 'outcome',
    nodeId: edge.from,
    message:
      names.length === 0
        ? `"${edge.from}" has no outcome: nothing can follow it.`
        : `"${edge.from}" has no outcome "${edge.outcome}". It has: ${names.join(', ')}.`,
    ...(near === null
      ? {}
      : { fix: { title: `Lead it from "${near}"`, change: { kind: 'set-outcome', edgeId: edge.id, outcome: near } } }),
  };
}

/** All outcomes that an edge of a node may leave by, `error` included where the node can fail. */
export function outcomeNames({ declaration, outcomes }: ResolvedNode): string[] {
  const fails = declaration.kind !== 'trigger' && declaration.kind !== 'output';
  return [...new Set([...Object.keys(outcomes), ...(fails ? ['error'] : [])])];
}

/** Two edges from the same outcome to the same node would start it twice. */
function repeated(edge: GraphEdge, pairs: Set<string>): Problem | null {
  const pair = `${edge.from}\n${edge.to}\n${edge.outcome}`;
  if (pairs.has(pair))
    return {
      code: 'DUPLICATE_ID',
      message: `There is another edge from "${edge.from}", outcome "${edge.outcome}", to "${edge.to}". Remove one.`,
    };
  pairs.add(pair);
  return null;
}
