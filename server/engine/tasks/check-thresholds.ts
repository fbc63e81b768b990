import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';
import { storable } from '../storable.ts';

const payload = z.object({ pipelineId: z.uuid(), programId: z.string().regex(/^\d+$/) });

/** Job `check-thresholds`: whether so many steps of a pipeline have failed that the operator must look at it. */
export const checkThresholdsTask =
  (engine: Engine): Task =>
  async (job) => {
    const { pipelineId, programId } = payload.parse(job);
    const { settings } = await engine.cache.program(programId);
    await engine.pool.query('select sg_check_thresholds($1, $2::jsonb)', [pipelineId, storable(settings.thresholds)]);
  };
