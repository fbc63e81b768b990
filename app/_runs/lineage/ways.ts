import type { Graph, GraphEdge } from '#nodes/core/graph.ts';
import type { Lineage, LineageNode } from '#server/lineage/types.ts';

/** What of a drawing a value came through. */
export type Ways = { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };

type Ran = Readonly<Record<string, { outcomes: Record<string, number> }>>;

/**
 * The runs whose steps are told by the drawing of a run: itself, and those that it took steps over from as a fork. Pure.
 */
export function drawnRuns({ runs }: Lineage, runId: string): ReadonlySet<string> {
  const drawn = new Set([runId]);
  for (const id of drawn) {
    const from = runs.find((run) => run.runId === id)?.forkedFrom;
    if (from) drawn.add(from);
  }
  return drawn;
}

/** The nodes of this run's drawing that a value came from, and the edges that the run took between them. Pure. */
export function waysOf(lineage: Lineage, run: { id: string; graph: Graph; nodes: Ran }): Ways {
  const drawn = drawnRuns(lineage, run.id);
  const pairs = pairsOf(lineage, drawn);
  const taken = run.graph.edges.filter(
    ({ from, outcome, to }) => (run.nodes[from]?.outcomes[outcome] ?? 0) > 0 || (outcome === 'each' && run.nodes[to]),
  );
  const edges = new Set<string>();
  for (const { from, to } of pairs) {
    const there = between(taken, from, to);
    // What an iteration came to goes back to what repeats it, along no edge: the way in is shown.
    for (const id of there.length > 0 ? there : between(taken, to, from)) edges.add(id);
  }
  const nodes = lineage.nodes.flatMap((node) => stateOf(node, drawn) ?? []);
  return { nodes: new Set(nodes), edges };
}

/** The node of the drawing that one of the lineage is or belongs to; null: none of it. */
function stateOf(node: LineageNode, drawn: ReadonlySet<string>): string | null {
  if (node.kind === 'step' && drawn.has(node.at.runId)) return node.at.state;
  return node.kind === 'run' && drawn.has(node.runId) ? node.trigger : null;
}

type Pair = { from: string; to: string };

/** Each node of the drawing with those that it came from next. */
function pairsOf({ nodes, edges }: Lineage, drawn: ReadonlySet<string>): Pair[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sources = Map.groupBy(edges, ({ from }) => from);
  const pairs = new Map<string, Pair>();
  for (const node of nodes) {
    const to = stateOf(node, drawn);
    if (to === null) continue;
    const seen = new Set<string>();
    const open = [node.id];
    for (let id = open.pop(); id !== undefined; id = open.pop())
      for (const edge of sources.get(id) ?? []) {
        const next = byId.get(edge.to);
        if (!next || seen.has(next.id)) continue;
        seen.add(next.id);
        const from = stateOf(next, drawn);
        if (from === null || from === to) open.push(next.id);
        else pairs.set(`${from} ${to}`, { from, to });
      }
  }
  return [...pairs.values()];
}

/** The edges on the ways from one node to another. */
function between(edges: readonly GraphEdge[], from: string, to: string): string[] {
  const after = reach(from, edges, (edge) => [edge.from, edge.to]);
  const before = reach(to, edges, (edge) => [edge.to, edge.from]);
  return edges.filter((edge) => after.has(edge.from) && before.has(edge.to)).map(({ id }) => id);
}

function reach(
  start: string,
  edges: readonly GraphEdge[],
  along: (edge: GraphEdge) => [string, string],
): ReadonlySet<string> {
  const next = Map.groupBy(edges, (edge) => along(edge)[0]);
  const found = new Set([start]);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const edge of next.get(id) ?? []) {
      const there = along(edge)[1];
      if (!found.has(there)) open.push(there);
      found.add(there);
    }
  return found;
}
