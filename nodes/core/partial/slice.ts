import { connect } from '../compile/connect.ts';
import { buildFlow, type Flow, hasBody, sourceOf } from '../compile/flow.ts';
import { resolve } from '../compile/resolve.ts';
import { structure as structureOf } from '../compile/structure.ts';
import type { NodeDefinitions } from '../define-node.ts';
import type { Binding, Graph, GraphNode } from '../graph.ts';

/** A graph cut to what leads to a node. `containers`: the maps and loops around that node, the outermost first. */
export type Slice = { graph: Graph; containers: string[] };

/**
 * Cuts a graph to what leads to a node, that node included: everything before it, the maps and loops around it with as
 * much of their bodies as leads there, and whole every map or loop before it. Takes the undo of what stays along. Null
 * where the graph has no such node that can be read.
 */
export function sliceUntil(graph: Graph, definitions: NodeDefinitions, nodeId: string): Slice | null {
  const resolved = resolve(graph, definitions).nodes;
  const { edges, undo } = connect(graph, resolved);
  // Disabled nodes stand in the cut as they are drawn: what is kept is compiled as ever.
  const flow = buildFlow(resolved, { edges, undo, absent: new Map(), prompts: graph.prompts });
  const target = flow.indexOf.get(nodeId);
  if (target === undefined) return null;
  const { scope } = structureOf(flow);
  const around = containersOf(scope, target);
  const kept = keptFor({ flow, scope, around: new Set(around) }, target);
  const ids = new Set([...kept].map((n) => flow.nodes[n]!.node.id));
  const containers = around.map((n) => flow.nodes[n]!.node.id);
  const { groups: _groups, ...rest } = graph;
  return {
    containers,
    graph: {
      ...rest,
      nodes: graph.nodes
        .filter(({ id }) => ids.has(id))
        .map((node) => (containers.includes(node.id) ? open(node) : node)),
      edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
      notes: [],
      ...(graph.settings ? { settings: { ...graph.settings, thresholds: [] } } : {}),
    },
  };
}

type Cut = { flow: Flow; scope: readonly (number | null)[]; around: ReadonlySet<number> };

function keptFor({ flow, scope, around }: Cut, target: number): Set<number> {
  const bodies = bodiesOf(scope);
  const kept = new Set<number>();
  const open = [target];
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    if (kept.has(n)) continue;
    kept.add(n);
    for (const e of flow.into[n]!) open.push(sourceOf(flow, e));
    const undoneBy = flow.undoneBy.get(n);
    if (undoneBy !== undefined) open.push(undoneBy);
    const home = scope[n]!;
    if (home !== null) open.push(home);
    // What a map before it gives depends on all of its body.
    if (hasBody(flow.nodes[n]!.declaration.kind) && !around.has(n)) open.push(...(bodies.get(n) ?? []));
  }
  return kept;
}

function bodiesOf(scope: readonly (number | null)[]): Map<number, number[]> {
  const bodies = new Map<number, number[]>();
  scope.forEach((home, n) => {
    if (home !== null) bodies.set(home, [...(bodies.get(home) ?? []), n]);
  });
  return bodies;
}

function containersOf(scope: readonly (number | null)[], target: number): number[] {
  const around: number[] = [];
  for (let at = scope[target]!; at !== null; at = scope[at]!) around.unshift(at);
  return around;
}

/** The result of an item may read what was cut off, and a loop would go on: its pass is the last, without a result. */
const endings: Record<string, Binding> = {
  result: { kind: 'value', value: null },
  next: { kind: 'value', value: null },
  again: { kind: 'value', value: false },
};

function open(node: GraphNode): GraphNode {
  const inputs = Object.entries(node.inputs).map(([name, binding]) => [name, endings[name] ?? binding] as const);
  return { ...node, inputs: Object.fromEntries(inputs) };
}
