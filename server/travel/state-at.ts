import { readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { StepStatus } from '#server/runs/types.ts';
import { checkpointOf } from './place.ts';
import { requirePast, requireSeq } from './require-past.ts';
import { pastUpTo } from './run-history.ts';
import type { StateAt, StateAtStep } from './types.ts';

const mostSteps = 2_000;
const isShown = ({ state }: { state: string }): boolean => !state.startsWith('$end');

/** Where a run stood after an event: what had ended, what was ready, which maps were under way. Errors: NOT_FOUND, INPUT_INVALID. */
export async function stateAt(scope: Scope, { runId, seq }: { runId: string; seq: number }): Promise<StateAt> {
  const run = await readConsistently((query) => requirePast(query, { runId, projectId: scope.projectId }));
  requireSeq(run, seq);
  const then = pastUpTo(run, seq);
  const { frontier, maps, ended } = checkpointOf(run.program, then);
  const over = then.past.flatMap(({ entry }): StateAtStep[] => {
    if (entry.kind !== 'step') return [];
    const { state, path, status, outcome } = entry;
    return [{ state, path, status, outcome }];
  });
  const ready = frontier.filter(isShown).map(({ state, path }) => ({ state, path }));
  const waiting = maps.filter((map) => !ready.some(({ state, path }) => state === map.state && path === map.path));
  return {
    seq,
    nodes: countByNode([
      ...over,
      ...ready.map(({ state }) => ({ state, status: 'ready' as const })),
      ...waiting.map(({ state }) => ({ state, status: 'waiting' as const })),
    ]),
    steps: over.slice(-mostSteps),
    frontier: ready,
    maps: maps.map(({ state, path, total, finished, failed }) => ({ state, path, total, finished, failed })),
    ended,
  };
}

function countByNode(steps: { state: string; status: StepStatus }[]): StateAt['nodes'] {
  const nodes: StateAt['nodes'] = {};
  for (const { state, status } of steps) {
    const node = nodes[state] ?? {};
    nodes[state] = node;
    node[status] = (node[status] ?? 0) + 1;
  }
  return nodes;
}
