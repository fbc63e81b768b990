import { innermost, type Program } from '#nodes/core/program.ts';
import { insideOf, type PastEntry, type RunPast } from './run-history.ts';

type Failed = { state: string; path: string };

/**
 * What made a run fail: the step that failed it, and where that was a map, the last item that it did not tolerate, and so
 * on inwards. Left out of the history, the innermost is ready again. Empty where the run failed by no step.
 */
export function failureChain(program: Program, { past, repeated }: RunPast): PastEntry[] {
  const chain: PastEntry[] = [];
  for (let next = lastFailure(past, ({ path }) => path === ''); next; ) {
    chain.push(next);
    const { entry } = next;
    next = entry.kind === 'step' ? withinMap(program, { past, repeated }, entry) : undefined;
  }
  return chain;
}

function withinMap(
  program: Program,
  { past, repeated }: Pick<RunPast, 'past' | 'repeated'>,
  at: Failed,
): PastEntry | undefined {
  const map = repeated.find(({ state, path }) => state === at.state && path === at.path);
  const tolerates = program.states[at.state]?.body?.tolerates ?? null;
  if (!map || tolerates === null || map.failed <= tolerates) return undefined;
  const inside = insideOf(at);
  return lastFailure(past, ({ path }) => path.startsWith(inside) && innermost(path)?.mapId === at.state);
}

function lastFailure(past: PastEntry[], where: (at: { path: string }) => boolean): PastEntry | undefined {
  return past.findLast(
    ({ entry }) =>
      where(entry) &&
      ((entry.kind === 'step' && entry.status === 'failed' && entry.outcome === null) ||
        (entry.kind === 'item' && entry.outcome === 'error')),
  );
}
