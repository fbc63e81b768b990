import type { GraphInput } from '#nodes/core/graph.ts';

type Node = GraphInput['nodes'][number];
type Settings = NonNullable<GraphInput['settings']>;

/** A graph with the trigger `start`; arrows are written `from.outcome>to`. */
export function graph(name: string, nodes: Node[], arrows: string[], settings?: Settings): GraphInput {
  const edges = arrows.map((arrow) => {
    const [, from = '', outcome = '', to = ''] = arrow.match(/^(\w+)\.(\w+)>(\w+)$/) ?? [];
    return { id: arrow.replace('>', '-'), from, outcome, to };
  });
  const start: Node = { id: 'start', type: 'trigger.manual', version: 1, config: { fields: [] } };
  const all = nodes.some(({ id }) => id === 'start') ? nodes : [start, ...nodes];
  return { format: 'solograph/graph', version: 1, name, nodes: all, edges, ...(settings ? { settings } : {}) };
}

/** A node of the first version of its type; inputs are CEL expressions. */
export function node(id: string, type: string, config: Node['config'] = {}, inputs: Record<string, string> = {}): Node {
  const bound = Object.entries(inputs).map(([name, expr]) => [name, { kind: 'expr', expr }] as const);
  return { id, type, version: 1, config, inputs: Object.fromEntries(bound) };
}
