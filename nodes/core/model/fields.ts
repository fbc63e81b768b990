import { z } from 'zod';
import { type ModelRequest, type TaskClass, taskClasses } from '../capabilities.ts';
import type { NodeDeclaration } from '../define-node.ts';
import type { NodeErrorCode } from '../errors.ts';
import { t } from '../types.ts';

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

/** What every node that asks a model once declares alike. */
export const modelTask: Pick<
  NodeDeclaration,
  | 'category'
  | 'kind'
  | 'effect'
  | 'reversible'
  | 'risk'
  | 'trust'
  | 'capabilities'
  | 'spends'
  | 'retry'
  | 'timeoutMs'
  | 'errors'
> = {
  category: 'model',
  kind: 'task',
  effect: 'read',
  reversible: true,
  risk: 0.1,
  trust: 'inherit',
  capabilities: ['model'],
  spends: 'model',
  retry: null,
  timeoutMs: 180_000,
  errors: modelErrors,
};

/** What else the model should know, as a member of a configuration. */
export function instructionsField(description: string) {
  return z.string().max(50_000).default('').meta({ title: 'Instructions', description, widget: 'prompt' });
}

/** Members of a list that bear a name another one bears: what is said of each. `of`: where the list stands. */
export function sameNames(of: string, what: string, names: readonly string[]): { field: string; message: string }[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ field: `${of}[${index}].name`, message: `Two ${what} are named "${name}". Rename one.` }],
  );
}

/** The text that a node is about, as an input that it needs. */
export function textInput(description: string) {
  return { type: t.string({ format: 'multiline' }), title: 'Text', description, required: true };
}
