import { z } from 'zod';
import { getMail as run } from '#server/outbox/get-mail.ts';
import { projectProcedure } from '../trpc.ts';

export const getMailInput = z.object({ id: z.uuid() });

export const getMail = projectProcedure.input(getMailInput).query(({ ctx, input }) => run(ctx.scope, input.id));
