import type { GraphInput } from '#nodes/core/graph.ts';

type Nodes = GraphInput['nodes'];

/** A pipeline file with nodes in a row, each joined to the next by the outcome that stands between them. */
export function pipelineFile(name: string, nodes: Nodes, outcomes: string[]): { name: string; content: string } {
  const graph: GraphInput = {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: nodes.map((node, column) => ({ ...node, position: { x: column * 244, y: 0 } })),
    edges: outcomes.map((outcome, at) => ({
      id: `e${at}`,
      from: nodes[at]?.id ?? '',
      outcome,
      to: nodes[at + 1]?.id ?? '',
    })),
    settings: { onFailure: 'ask' },
  };
  return { name: `${name}.json`, content: JSON.stringify(graph) };
}

/** A start by hand that asks for one text. */
export const startWith = (field: string): Nodes[number] => ({
  id: 'start',
  type: 'trigger.manual',
  version: 1,
  config: { fields: [{ name: field, type: 'text' }] },
});

/** The result of a run: one value, read by an expression. */
export const outputOf = (field: string, expr: string): Nodes[number] => ({
  id: 'result',
  type: 'output',
  version: 1,
  config: { fields: [{ name: field }] },
  inputs: { [field]: { kind: 'expr', expr } },
});
