import { z } from 'zod';
import { listMails as run } from '#server/outbox/list-mails.ts';
import { cursor } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listMailsInput = z.object({ cursor: cursor.optional(), limit: z.int().min(1).max(200).default(50) });

export const listMails = projectProcedure.input(listMailsInput).query(({ ctx, input }) => run(ctx.scope, input));
