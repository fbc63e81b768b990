import type { Task } from 'graphile-worker';
import { indexPending } from '#server/memory/index-pending.ts';
import type { Engine } from '../advance.ts';

const chunksPerJob = 500;

/** Job `index-memory`: brings what was remembered while the index was away into it. */
export const indexMemoryTask =
  (engine: Engine): Task =>
  async () => {
    await indexPending(engine.pool, engine.adapters.chroma, chunksPerJob);
  };
