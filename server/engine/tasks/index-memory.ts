import type { Task } from 'graphile-worker';
import { gatherOutcomes } from '#server/episodes/gather-outcomes.ts';
import { settleFacts } from '#server/facts/settle-topic.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import type { Engine } from '../advance.ts';

/** Bounds how long one job takes; what is left follows with the next one. */
const chunksPerJob = 10_000;

/**
 * Job `index-memory`: brings outcomes into the episodic log, lets recall follow facts whose time began or ended, learns
 * from what is remembered, and brings what the index lacks into it.
 */
export const indexMemoryTask =
  (engine: Engine): Task =>
  async () => {
    await gatherOutcomes(engine.pool);
    await settleFacts(engine.pool);
    await indexPending(engine.pool, engine.adapters.chroma, chunksPerJob);
  };
