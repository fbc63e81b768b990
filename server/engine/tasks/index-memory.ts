import type { Task } from 'graphile-worker';
import { gatherOutcomes } from '#server/episodes/gather-outcomes.ts';
import { settleFacts } from '#server/facts/settle-topic.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import type { Engine } from '../advance.ts';

const chunksPerJob = 500;

/**
 * Job `index-memory`: brings outcomes into the episodic log, lets recall follow facts whose time began or ended, and
 * brings what was remembered while the index was away into it.
 */
export const indexMemoryTask =
  (engine: Engine): Task =>
  async () => {
    await gatherOutcomes(engine.pool);
    await settleFacts(engine.pool);
    await indexPending(engine.pool, engine.adapters.chroma, chunksPerJob);
  };
