import { innermost, iterationEnd, type Path, type Program, runEnd } from './program.ts';
import { decideDead, type JoinArrival, type Transition } from './step.ts';

export type JoinCount = { join: string; path: Path; settled: number; taken: number; fired: boolean };
/** How far joins have come, by `path|join`. */
export type JoinCounts = Map<string, JoinCount>;
/** What follows: steps that begin, in order, and whether the run has come to its end. */
export type Settled = { starts: { state: string; path: Path }[]; ended: boolean };

/** Counts the arrivals of a transition in `counts`, through joins that die, until nothing more follows. */
export function settle(
  program: Program,
  counts: JoinCounts,
  { starts, arrivals }: Pick<Transition, 'starts' | 'arrivals'>,
): Settled {
  const settled: Settled = { starts: [...starts], ended: false };
  const queue: JoinArrival[] = [...arrivals];
  for (let arrival = queue.shift(); arrival; arrival = queue.shift())
    switch (arrive(counts, arrival)) {
      case 'fires':
        if (arrival.join === runEnd) settled.ended = true;
        else settled.starts.push({ state: arrival.join, path: arrival.path });
        break;
      case 'dead':
        queue.push(...decideDead(program, arrival.join, arrival.path));
        break;
      case 'waits':
        break;
    }
  return settled;
}

function arrive(
  counts: JoinCounts,
  { join, path, taken, dead, edges, fireAt }: JoinArrival,
): 'fires' | 'dead' | 'waits' {
  const key = `${path}|${join}`;
  const count = counts.get(key) ?? { join, path, settled: 0, taken: 0, fired: false };
  counts.set(key, count);
  count.settled += taken + dead;
  count.taken += taken;
  if (count.fired) return 'waits';
  const settled = count.settled === edges;
  const isEnd = join === runEnd || join === (innermost(path) && iterationEnd(innermost(path)!.mapId));
  count.fired = fireAt === null ? settled && (count.taken > 0 || isEnd) : count.taken >= fireAt;
  if (count.fired) return 'fires';
  return settled ? 'dead' : 'waits';
}
