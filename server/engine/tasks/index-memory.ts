import type { Task } from 'graphile-worker';
import { indexPending } from '#server/memory/index-pending.ts';
import type { Engine } from '../advance.ts';

/** Bounds how long one job takes; what is left follows with the next one. */
const chunksPerJob = 10_000;

/** Job `index-memory`: learns from what is remembered, and brings what the index lacks into it. */
export const indexMemoryTask =
  (engine: Engine): Task =>
  async () => {
    await indexPending(engine.pool, engine.adapters.chroma, chunksPerJob);
  };
