import { type Graph, type GraphNode, graphSchema } from '#nodes/core/graph.ts';
import { mergeGraphs } from './merge-graphs.ts';
import type { Side } from './three-way.ts';

export const base: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Leads',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, title: 'Start' },
    { id: 'draft', type: 'llm.generate', version: 1, title: 'Draft', config: { prompt: 'Hi', model: 'small' } },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      inputs: { body: { kind: 'template', template: 'Dear {{ nodes.draft.text }}' } },
    },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'draft' },
    { id: 'b', from: 'draft', outcome: 'ok', to: 'send' },
  ],
  notes: [{ id: 'note', text: 'Never promise a date.', position: { x: 0, y: 0 } }],
  groups: [{ id: 'g', title: 'Mail', nodes: ['draft', 'send'], notes: [] }],
});

export const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  ...{ id, type: 'output', version: 1, config: {}, inputs: {}, position: { x: 0, y: 0 } },
  ...more,
});
export const edit =
  (id: string, change: (node: GraphNode) => Partial<GraphNode>) =>
  (graph: Graph): Graph => ({
    ...graph,
    nodes: graph.nodes.map((each) => (each.id === id ? { ...each, ...change(each) } : each)),
  });
export const config = (id: string, name: string, value: string) =>
  edit(id, (each) => ({ config: { ...each.config, [name]: value } }));
export const add =
  (...nodes: GraphNode[]) =>
  (graph: Graph): Graph => ({ ...graph, nodes: [...graph.nodes, ...nodes] });
export const join =
  (id: string, from: string, to: string) =>
  (graph: Graph): Graph => ({
    ...graph,
    edges: [...graph.edges, { id, from, outcome: 'ok', to }],
  });
export const remove =
  (id: string) =>
  (graph: Graph): Graph => ({
    ...graph,
    nodes: graph.nodes.filter((each) => each.id !== id),
    edges: graph.edges.filter(({ from, to }) => from !== id && to !== id),
    ...(graph.groups
      ? { groups: graph.groups.map((group) => ({ ...group, nodes: group.nodes.filter((each) => each !== id) })) }
      : {}),
  });
export const all = (...edits: ((graph: Graph) => Graph)[]) => edits.reduce((graph, change) => change(graph), base);
export const merged = (mine: Graph, theirs: Graph, picks: Record<string, Side> = {}) => {
  const merge = mergeGraphs({ base, mine, theirs }, picks);
  if (!merge) throw new Error('It could not be merged.');
  return {
    ...merge,
    ids: merge.graph.nodes.map(({ id }) => id),
    node: (id: string) => merge.graph.nodes.find((each) => each.id === id),
  };
};
