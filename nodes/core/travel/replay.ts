import type { Program } from '../program.ts';
import type { Checkpoint, History } from './history.ts';
import { advance, isReady, setOut, stateOf } from './walk.ts';

/**
 * Works out where a run stood after the last commit of its history: what a fork or a rewind writes for that checkpoint.
 * Leave a failure out of the history to have its step ready again. Throws where the history is not one of this program.
 */
export function replay(program: Program, { trigger, entries }: History): Checkpoint {
  const walk = setOut(program, trigger);
  for (const entry of entries) {
    if (!isReady(walk, entry))
      throw new Error(`The history has "${stateOf(entry)}" at "${entry.path}" before it could begin.`);
    advance(walk, entry);
  }
  return {
    joins: [...walk.joins.values()].map(({ path, join, settled, taken }) => ({ path, join, settled, taken })),
    frontier: [...walk.ready.values()],
    maps: [...walk.maps.values()].map(({ loop: _loop, most: _most, limit: _limit, ...map }) => map),
    ended: walk.ended,
  };
}
