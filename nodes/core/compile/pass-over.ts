import type { NodeDefinitions } from '../define-node.ts';
import type { Diagnostic, Fix } from '../diagnostics.ts';
import { type Graph, type GraphEdge, type GraphNode, graphLimits } from '../graph.ts';
import { type Type, unionOf } from '../types.ts';
import { hasBody, type ResolvedNode } from './flow.ts';
import { passingOutcome } from './main-outcome.ts';
import { undoHandle } from './undo.ts';

/** A node that takes no part in any run, and the disabled node for which it does not: itself where it is disabled. */
export type Absent = { cause: string; type: Type };

export type PassedOver = {
  /** The edges that runs go along: past disabled nodes. */
  edges: readonly GraphEdge[];
  absent: ReadonlyMap<string, Absent>;
  diagnostics: Diagnostic[];
};

type Given = { graph: Graph; definitions: NodeDefinitions; resolved: readonly ResolvedNode[] };

/**
 * Takes disabled nodes out of a graph before anything else looks at it: an edge into one goes on to what its main
 * outcome leads to. What only its other outcomes, or only disabled triggers, lead to is left out without a word of its own.
 */
export function passOver(given: Given): PassedOver {
  const disabled = given.graph.nodes.filter((node) => node.disabled);
  if (disabled.length === 0) return { edges: given.graph.edges, absent: new Map(), diagnostics: [] };
  const resolved = new Map(given.resolved.map((one) => [one.node.id, one]));
  const ways = waysPast(disabled, given, resolved);
  const { edges, tooMany } = rewire(given.graph.edges, ways);
  const causes = causesOf(given, edges, ways);
  const along = new Map<string, string[]>();
  for (const [id, cause] of causes) if (id !== cause) along.set(cause, [...(along.get(cause) ?? []), id]);
  return {
    edges: edges.filter(({ from }) => !causes.has(from)),
    absent: new Map([...causes].map(([id, cause]) => [id, { cause, type: outputOf(resolved.get(id)) }])),
    diagnostics: [...tooMany, ...[...ways].map(([id, way]) => notice(id, way, along.get(id) ?? []))],
  };
}

/** By disabled node: the outcome that a run goes on by past it. Of an unknown type: the first that an edge leaves by. */
function waysPast(
  disabled: readonly GraphNode[],
  { graph, definitions }: Given,
  resolved: ReadonlyMap<string, ResolvedNode>,
): Map<string, string | null> {
  const wired = new Map<string, string[]>(disabled.map(({ id }) => [id, []]));
  for (const { from, outcome } of graph.edges) if (outcome !== undoHandle) wired.get(from)?.push(outcome);
  return new Map(
    disabled.map(({ id, type }) => {
      const kind = definitions.get(type)?.kind;
      const known = resolved.get(id);
      const outcomes = known ? Object.keys(known.outcomes) : wired.get(id)!;
      return [id, kind === 'trigger' ? null : passingOutcome(kind, outcomes)];
    }),
  );
}

const pairOf = ({ from, outcome, to }: GraphEdge): string => `${from}\n${to}\n${outcome}`;

type Ways = ReadonlyMap<string, string | null>;

/** Each edge into a disabled node becomes edges to what is behind it, under its own id; those of disabled nodes are gone. */
function rewire(edges: readonly GraphEdge[], ways: Ways): { edges: GraphEdge[]; tooMany: Diagnostic[] } {
  const behind = targetsBehind(edges, ways);
  const kept = edges.filter(({ from }) => !ways.has(from));
  const pairs = new Set(kept.filter(({ to }) => !ways.has(to)).map(pairOf));
  const found: GraphEdge[] = [];
  for (const edge of kept) {
    if (!ways.has(edge.to)) found.push(edge);
    // An undo leads to one node and no further.
    else if (edge.outcome !== undoHandle)
      for (const to of behind(edge.to)) {
        const next = { ...edge, to };
        if (pairs.size < pairs.add(pairOf(next)).size) found.push(next);
      }
    if (found.length > graphLimits.edges) return { edges: found, tooMany: [tooManyEdges(edge.to)] };
  }
  return { edges: found, tooMany: [] };
}

function tooManyEdges(nodeId: string): Diagnostic {
  const message = `Past disabled nodes such as "${nodeId}" there are more than ${graphLimits.edges} edges. Enable it, or put a join before it.`;
  return { code: 'DOCUMENT_TOO_LARGE', severity: 'error', nodeId, message, fix: enabling(nodeId) };
}

/** The nodes that take part behind a disabled one, through any number of others. */
function targetsBehind(edges: readonly GraphEdge[], ways: Ways): (id: string) => string[] {
  const onward = new Map<string, string[]>();
  for (const { from, outcome, to } of edges) {
    if (ways.get(from) !== outcome) continue;
    const list = onward.get(from);
    if (list) list.push(to);
    else onward.set(from, [to]);
  }
  const known = new Map<string, string[]>();
  return (start) => {
    const before = known.get(start);
    if (before) return before;
    const seen = new Set([start]);
    for (const id of seen) if (ways.has(id)) for (const next of onward.get(id) ?? []) seen.add(next);
    const found = [...seen].filter((id) => !ways.has(id));
    known.set(start, found);
    return found;
  };
}

/** By id of each node that takes no part: the disabled node that it hangs on. */
function causesOf({ graph, definitions }: Given, rewired: readonly GraphEdge[], disabled: Ways): Map<string, string> {
  const triggers = graph.nodes.filter(({ type }) => definitions.get(type)?.kind === 'trigger').map(({ id }) => id);
  const drawn = outgoing(graph.edges);
  const was = reachable(triggers, drawn);
  const is = reachable(
    triggers.filter((id) => !disabled.has(id)),
    outgoing(rewired),
  );
  const causes = new Map([...disabled.keys()].map((id) => [id, id]));
  const undone = new Map(
    graph.edges.flatMap(({ from, outcome, to }) => (outcome === undoHandle ? [[from, to] as const] : [])),
  );
  for (const [id, cause] of causes) {
    const behind = (drawn.get(id) ?? []).filter((to) => was.has(to) && !is.has(to));
    const undoing = undone.get(id);
    for (const to of [...behind, ...(undoing !== undefined && !was.has(undoing) ? [undoing] : [])])
      if (!causes.has(to)) causes.set(to, cause);
  }
  return causes;
}

function outgoing(edges: readonly GraphEdge[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { from, outcome, to } of edges) {
    if (outcome === undoHandle) continue;
    const list = found.get(from);
    if (list) list.push(to);
    else found.set(from, [to]);
  }
  return found;
}

function reachable(from: readonly string[], edges: ReadonlyMap<string, string[]>): Set<string> {
  const seen = new Set(from);
  for (const id of seen) for (const to of edges.get(id) ?? []) seen.add(to);
  return seen;
}

/** What the node would give if it took part, as far as its declaration says. */
function outputOf(resolved: ResolvedNode | undefined): Type {
  if (!resolved || hasBody(resolved.declaration.kind) || resolved.declaration.kind === 'call') return { type: 'any' };
  return unionOf(Object.values(resolved.outcomes));
}

/** The fix that lets a node take part again. */
export function enabling(nodeId: string): { title: string; change: Fix } {
  return { title: `Enable "${nodeId}"`, change: { kind: 'enable', nodeId } };
}

const named = 5;

function notice(id: string, way: string | null, along: readonly string[]): Diagnostic {
  const more = along.length > named ? ` and ${along.length - named} more` : '';
  const list = along.slice(0, named).map((other) => `"${other}"`);
  const rest = along.length === 0 ? '' : ` Left out with it: ${list.join(', ')}${more}.`;
  const how =
    way === null ? 'nothing starts or goes on from it' : `runs pass over it, to what its outcome "${way}" leads to`;
  return {
    code: 'NODE_DISABLED',
    severity: 'info',
    nodeId: id,
    message: `"${id}" is disabled: ${how}.${rest}`,
    fix: enabling(id),
  };
}
