import { z } from 'zod';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';

/** Fields that several procedures take. */
export const projectName = z.string().trim().min(1, 'Give it a name.').max(100);
export const pipelineName = z.string().trim().min(1, 'Give it a name.').max(200);
export const runId = z.string().regex(/^[1-9]\d{0,17}$/, 'A run id is a positive whole number.');
export const runStatus = z.enum(['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled']);
export const cursor = z.string().min(1).max(200);
export const stepPath = z.string().max(1_000);
export const token = z.string().min(1).max(200);

/** Any JSON value; what it must look like is the trigger's or the task's to say. */
export const jsonValue = z.json() as z.ZodType<Json>;

/** A graph document as a client sends it; `readGraph` checks it before it is kept. */
export const graphDocument = z.custom<GraphInput>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'A graph document is an object.',
);
export const seq = z.int().min(0).max(2_000_000_000);
export const runVersion = z.enum(['same', 'newest']);
export const factText = z.string().trim().min(1).max(2_000);
/** A time in epoch milliseconds: years 1 to 9999. */
export const epochMs = z.int().min(-62_135_596_800_000).max(253_402_300_799_999);
const sessionName = z.string().trim().min(1).max(200);
/** Who has a value at hand. */
export const workingOwner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), runId }),
  z.object({ kind: z.literal('session'), name: sessionName }),
]);
export const valueName = z.string().trim().min(1).max(200);
