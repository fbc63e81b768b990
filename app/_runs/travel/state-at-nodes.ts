import { noStatus } from '#app/_canvas/run-state.ts';
import type { NodeStatus } from '#server/runs/types.ts';
import type { CheckpointRow, StateAt } from '#server/travel/types.ts';

/** Where the nodes of a run stood at a checkpoint, in the form in which the canvas shows a run. Pure. */
export function nodesAt(state: StateAt): Record<string, NodeStatus> {
  const nodes: Record<string, NodeStatus> = {};
  for (const [id, counts] of Object.entries(state.nodes)) nodes[id] = { ...noStatus, ...counts };
  const nodeOf = (id: string): NodeStatus => {
    nodes[id] ??= { ...noStatus, outcomes: {} };
    return nodes[id];
  };
  for (const { state: id, path, outcome } of state.steps) {
    const node = nodeOf(id);
    node.lastPath = path;
    if (outcome !== null) node.outcomes = { ...node.outcomes, [outcome]: (node.outcomes[outcome] ?? 0) + 1 };
  }
  for (const { state: id, path } of state.frontier) {
    const node = nodeOf(id);
    node.lastPath = path;
    if (node.ready + node.running + node.waiting === 0) node.ready += 1;
  }
  for (const { state: id, total, finished, failed } of state.maps) {
    const node = nodeOf(id);
    node.waitingFor = { kind: 'items', total, concurrency: 1 };
    const before = node.map ?? { total: 0, finished: 0, failed: 0 };
    node.map = { total: before.total + total, finished: before.finished + finished, failed: before.failed + failed };
  }
  for (const [id, items] of itemsOf(state)) {
    const node = nodeOf(id);
    node.map ??= { total: items, finished: items, failed: 0 };
  }
  return nodes;
}

/** Of each map and loop, how many items any finished step belongs to. Those that are over are not told otherwise. */
function itemsOf({ steps }: StateAt): Map<string, number> {
  const items = new Map<string, Set<string>>();
  for (const { path } of steps) {
    const parts = path === '' ? [] : path.split('/');
    parts.forEach((part, depth) => {
      const [id = ''] = part.split(':');
      items.set(id, (items.get(id) ?? new Set()).add(parts.slice(0, depth + 1).join('/')));
    });
  }
  return new Map([...items].map(([id, paths]) => [id, paths.size]));
}

/** What a checkpoint is called: "after Draft outreach", "before anything ran". */
export function checkpointText(at: CheckpointRow, titleOf: (state: string) => string): string {
  switch (at.kind) {
    case 'start':
      return 'the start';
    case 'step':
      return titleOf(at.state);
    case 'iteration':
      return `an item of ${titleOf(at.state)}`;
  }
}
