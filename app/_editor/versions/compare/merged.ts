import { noteFlowId } from '#app/_canvas/flow-elements.ts';
import type { GraphDiff } from '#nodes/core/diff/graphs.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { ghostEdgeId, type Mark } from './changes.ts';

/** Two graphs in one drawing: what is, and what was and is no more. Marks are by the ids that the canvas uses. */
export type Merged = {
  graph: Graph;
  marks: ReadonlyMap<string, Mark>;
  edgeMarks: ReadonlyMap<string, Mark>;
};

const aside = 24;

/** The graph `after`, with what `before` had beside it as ghosts at their old places. */
export function mergeGraphs(diff: GraphDiff, after: Graph): Merged {
  const { nodes, edges, notes, renamed } = diff;
  const here = (id: string) => renamed.get(id) ?? id;
  const ghosts = edges.removed.map(({ id, from, outcome, to }) => ({
    ...{ id: ghostEdgeId(id), outcome },
    from: here(from),
    to: here(to),
  }));
  const taken = new Set(after.nodes.map(({ position: { x, y } }) => `${x} ${y}`));
  const goneNodes = nodes.removed.map((node) => standAside(node, taken));
  return {
    graph: {
      ...after,
      nodes: [...goneNodes, ...after.nodes],
      edges: [...ghosts, ...after.edges],
      notes: [...notes.removed, ...after.notes],
    },
    marks: new Map<string, Mark>([
      ...nodes.added.map(({ id }): [string, Mark] => [id, 'added']),
      ...nodes.changed.map(({ after: { id } }): [string, Mark] => [id, 'changed']),
      ...nodes.removed.map(({ id }): [string, Mark] => [id, 'removed']),
      ...notes.added.map(({ id }): [string, Mark] => [noteFlowId(id), 'added']),
      ...notes.changed.map(({ after: { id } }): [string, Mark] => [noteFlowId(id), 'changed']),
      ...notes.removed.map(({ id }): [string, Mark] => [noteFlowId(id), 'removed']),
    ]),
    edgeMarks: new Map<string, Mark>([
      ...edges.added.map(({ id }): [string, Mark] => [id, 'added']),
      ...edges.changed.map(({ after: { id } }): [string, Mark] => [id, 'changed']),
      ...ghosts.map(({ id }): [string, Mark] => [id, 'removed']),
    ]),
  };
}

/** A ghost is seen behind what took exactly its place. */
function standAside(node: GraphNode, taken: ReadonlySet<string>): GraphNode {
  const { x, y } = node.position;
  return taken.has(`${x} ${y}`) ? { ...node, position: { x: x - aside, y: y + aside } } : node;
}
