import { z } from 'zod';
import { bringBackEmbedder as bringBack } from '#server/embedders/bring-back-embedder.ts';
import { listEmbedderChoices } from '#server/embedders/embedder-choices.ts';
import { embedderStatus as status } from '#server/embedders/embedder-status.ts';
import { embedderChoice, migrateEmbedder as migrate } from '#server/embedders/migrate-embedder.ts';
import { stopMigration as stop } from '#server/embedders/stop-migration.ts';
import { switchEmbedder as switchTo } from '#server/embedders/switch-embedder.ts';
import { projectProcedure } from '../trpc.ts';

export const embedderStatus = projectProcedure.query(({ ctx }) => status(ctx.scope));
export const embedderChoices = projectProcedure.query(({ ctx }) => listEmbedderChoices(ctx.scope));
export const migrateEmbedder = projectProcedure
  .input(z.object({ to: embedderChoice }))
  .mutation(({ ctx, input }) => migrate(ctx.scope, input.to));
export const switchEmbedder = projectProcedure.mutation(({ ctx }) => switchTo(ctx.scope));
export const bringBackEmbedder = projectProcedure.mutation(({ ctx }) => bringBack(ctx.scope));
export const stopMigration = projectProcedure.mutation(({ ctx }) => stop(ctx.scope));
