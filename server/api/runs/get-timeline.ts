import { z } from 'zod';
import { getTimeline as run } from '#server/runs/get-timeline.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const getTimelineInput = z.object({ runId });

export const getTimeline = projectProcedure
  .input(getTimelineInput)
  .query(({ ctx, input }) => run(ctx.scope, input.runId));
