import type { Graph } from '#nodes/core/graph.ts';
import type { NodeStatus } from '#server/runs/types.ts';
import { faceOf, type NodeFace, writes } from './node-face.ts';

/** What one node of a run changed outside: how many steps ended by which outcome. */
export type Deed = { face: NodeFace; outcomes: [outcome: string, count: number][]; open: number };

/** What a run did to the outside world, node by node in the order of the graph. */
export function deedsOf(graph: Graph, nodes: Readonly<Record<string, NodeStatus>>): Deed[] {
  return graph.nodes.filter(writes).flatMap((node): Deed[] => {
    const status = nodes[node.id];
    if (!status) return [];
    const outcomes = Object.entries(status.outcomes).toSorted((a, b) => b[1] - a[1]);
    const open = status.ready + status.running + status.waiting;
    return outcomes.length + open === 0 ? [] : [{ face: faceOf(graph, node.id), outcomes, open }];
  });
}

/** How many steps of a node there are, over all iterations. */
export function stepCount(status: NodeStatus | undefined): number {
  if (!status) return 0;
  return (
    status.ready + status.running + status.waiting + status.done + status.failed + status.cancelled + status.undone
  );
}
