import { z } from 'zod';
import { type ModelRequest, type TaskClass, taskClasses } from '../capabilities.ts';
import type { NodeErrorCode } from '../errors.ts';

/** Members of a configuration that every node has that asks a model for text. `maxOutputTokens`: the default of this node. */
export function modelFields(maxOutputTokens: number) {
  return {
    taskClass: z.enum(taskClasses).default('standard').meta({
      title: 'Kind of work',
      description: 'Model, limits and cache follow from it, where they are not set here.',
    }),
    model: z.string().max(200).default('').meta({ title: 'Model', description: 'Empty: the one of the kind of work.' }),
    temperature: z
      .number()
      .min(0)
      .max(2)
      .nullable()
      .default(null)
      .meta({ title: 'Temperature', description: 'From 0 (steady) to 2. Empty: as the kind of work says.' }),
    maxOutputTokens: z
      .int()
      .min(1)
      .max(200_000)
      .default(maxOutputTokens)
      .meta({ title: 'Longest answer', description: 'In tokens; it bounds the price.' }),
  };
}

/** What a configuration says about who answers and how. */
export type ModelChoice = { taskClass: TaskClass; model: string; temperature: number | null; maxOutputTokens: number };

/** The part of a request that the configuration settles. */
export function choiceOf({
  taskClass,
  model,
  temperature,
  maxOutputTokens,
}: ModelChoice): Omit<ModelRequest, 'messages'> {
  return {
    model,
    maxOutputTokens,
    ...(taskClass === 'standard' ? {} : { taskClass }),
    ...(temperature === null ? {} : { temperature }),
  };
}

/** How a node that asks a model may fail by it. */
export const modelErrors: NodeErrorCode[] = [
  'MODEL_RATE_LIMITED',
  'MODEL_QUOTA',
  'MODEL_BUSY',
  'MODEL_BATCHED',
  'MODEL_BATCH_LOST',
  'MODEL_UNAVAILABLE',
  'MODEL_TIMEOUT',
  'MODEL_REJECTED',
  'MODEL_REFUSED',
  'MODEL_OUTPUT_INVALID',
  'MODEL_UNPRICED',
  'BUDGET_EXCEEDED',
  'NOT_CONFIGURED',
];
