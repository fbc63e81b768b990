import { z } from 'zod';

/** How model work of one class is done. What a node sets itself goes before it. */
export const taskClassSettings = z.object({
  /** Empty: the one of the project, else of the default connection. */
  model: z.string().trim().max(200).default(''),
  /** Asked in this order where the model is away, too slow, unknown or out of quota. */
  fallbacks: z.array(z.string().trim().min(1).max(200)).max(5).default([]),
  temperature: z.number().min(0).max(2).nullable().default(null),
  /** No answer of this class is longer, whatever the node allows. */
  maxOutputTokens: z.int().min(1).max(200_000).nullable().default(null),
  /** For one request; null: as long as the step may take. */
  timeoutMs: z.int().min(1_000).max(3_600_000).nullable().default(null),
  /** How many requests of this class are under way at once, over all workers; null: no limit of its own. */
  concurrency: z.int().min(1).max(1_000).nullable().default(null),
  /** How long the answer to exactly the same request is used again; null: it is not. */
  cacheMs: z
    .int()
    .min(1_000)
    .max(366 * 86_400_000)
    .nullable()
    .default(null),
  /** Of the class batch: calls travel with the provider's batches, which cost less and take up to a day. */
  batchEndpoint: z.boolean().default(false),
});
export type TaskClassSettings = z.infer<typeof taskClassSettings>;

/** What holds where nothing is set. */
export const usualClass: TaskClassSettings = taskClassSettings.parse({});
