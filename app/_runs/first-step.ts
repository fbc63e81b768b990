import { definitions } from '#app/_canvas/definitions.ts';
import type { RunDetail } from '#server/runs/types.ts';

/** The step of a run that tells most at first sight: what failed, else what waits, else what a model wrote. Null: none did. */
export function telling(run: Pick<RunDetail, 'graph' | 'nodes'>): { state: string; path: string } | null {
  const reached = run.graph.nodes.flatMap((node) => {
    const status = run.nodes[node.id];
    return status ? [{ node, status }] : [];
  });
  const first =
    reached.find(({ status }) => status.failed > 0) ??
    reached.find(({ status }) => status.waiting > 0 && !['items', 'passes'].includes(status.waitingFor?.kind ?? '')) ??
    reached.find(({ node }) => definitions.get(node.type)?.category === 'model');
  return first ? { state: first.node.id, path: first.status.lastPath } : null;
}
