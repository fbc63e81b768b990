import './no-eval.ts';
import { z } from 'zod';
import type { Json } from './json.ts';

/** Limits on a graph document: it may come from a stranger's file. */
export const graphLimits = {
  bytes: 4_000_000,
  depth: 32,
  nodes: 5_000,
  edges: 20_000,
  notes: 1_000,
  groups: 500,
  prompts: 500,
  text: 100_000,
  expression: 4_000,
} as const;

/** Ids are used in expressions (`nodes.draft.subject`), so they are identifiers. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'An id starts with a letter and has letters, digits and _ only, 64 at most.')
  .refine((id) => !['__proto__', 'constructor', 'prototype'].includes(id), 'This id is reserved.');

const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

const expression = z.string().max(graphLimits.expression);

/** How a node's input gets its value. Expressions are CEL; templates are text with `{{ CEL }}`. */
export const bindingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), value: json }),
  z.strictObject({ kind: z.literal('expr'), expr: expression }),
  z.strictObject({ kind: z.literal('template'), template: z.string().max(graphLimits.text) }),
  /** A prompt of the graph, with an expression for each of its variables. */
  z.strictObject({
    kind: z.literal('prompt'),
    prompt: idSchema,
    values: z.record(idSchema, expression).default({}),
  }),
]);
export type Binding = z.infer<typeof bindingSchema>;
/** A binding that says by itself what it gives: a prompt has been filled in. */
export type ResolvedBinding = Exclude<Binding, { kind: 'prompt' }>;

const positionSchema = z.strictObject({ x: z.number().finite(), y: z.number().finite() });

export const retrySchema = z.strictObject({
  attempts: z.int().min(1).max(50),
  initialMs: z.int().min(0).max(86_400_000),
  factor: z.number().min(1).max(10),
  maxMs: z.int().min(0).max(86_400_000),
  jitter: z.number().min(0).max(1),
  /** No attempt begins later than this after the first one began; absent: no such limit. */
  totalMs: z
    .int()
    .min(0)
    .max(30 * 86_400_000)
    .optional(),
  /** Error codes that are tried again; absent: those that the software deems worth it. */
  codes: z.array(z.string().max(64)).max(50).optional(),
});

/** What follows a failure that is final and whose `error` leads nowhere. */
export const onFailureSchema = z.enum(['stop', 'ask']);

export const graphNodeSchema = z.strictObject({
  id: idSchema,
  type: z.string().max(64),
  /** Version of the node type that this configuration is written for. */
  version: z.int().min(1).max(10_000),
  title: z.string().max(200).optional(),
  config: z.record(z.string(), json).default({}),
  inputs: z.record(z.string(), bindingSchema).default({}),
  position: positionSchema.default({ x: 0, y: 0 }),
  retry: retrySchema.optional(),
  timeoutMs: z.int().min(1).max(86_400_000).optional(),
  /** Absent: as the pipeline says. */
  onFailure: onFailureSchema.optional(),
  /** Passed over: what comes before goes on with what its main outcome leads to. Absent: it takes part. */
  disabled: z.literal(true).optional(),
  /** What the operator remarks on the node, for people; nothing reads it. */
  comment: z.string().min(1).max(10_000).optional(),
});
export type GraphNode = z.infer<typeof graphNodeSchema>;

/** An edge carries control: it leaves one outcome of a node and starts another node. */
export const graphEdgeSchema = z.strictObject({
  id: z.string().min(1).max(200),
  from: idSchema,
  outcome: z.string().min(1).max(64),
  to: idSchema,
});
export type GraphEdge = z.infer<typeof graphEdgeSchema>;

export const graphNoteSchema = z.strictObject({
  id: z.string().min(1).max(200),
  text: z.string().max(10_000),
  position: positionSchema,
  size: z.strictObject({ width: z.number().positive(), height: z.number().positive() }).optional(),
});

/** Nodes and notes that belong together: drawn as a frame around them, moved and copied as one. A thing is in one group at most. */
export const graphGroupSchema = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().max(200),
  nodes: z.array(idSchema).max(graphLimits.nodes).default([]),
  notes: z.array(z.string().min(1).max(200)).max(graphLimits.notes).default([]),
});
export type GraphGroup = z.infer<typeof graphGroupSchema>;

/** What a value for a variable of a prompt may be. */
export const promptTypes = ['text', 'number', 'boolean', 'list', 'any'] as const;

export const promptVariableSchema = z.strictObject({ name: idSchema, type: z.enum(promptTypes).default('text') });
export type PromptVariable = z.infer<typeof promptVariableSchema>;

/** A text that several nodes may share: a template over variables of its own. */
export const promptSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1).max(200),
  text: z.string().max(graphLimits.text),
  variables: z.array(promptVariableSchema).max(50).default([]),
});
export type Prompt = z.infer<typeof promptSchema>;

/** After so many failures of some nodes within a time, the operator reviews the pipeline. */
export const thresholdSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Ids of the nodes that are counted; empty: all. */
  nodes: z.array(idSchema).max(200).default([]),
  failures: z.int().min(1).max(10_000),
  withinMs: z
    .int()
    .min(1_000)
    .max(90 * 86_400_000),
  /** Production runs are not started until the operator has reviewed it. */
  hold: z.boolean().default(true),
});
export type Threshold = z.infer<typeof thresholdSchema>;

export const graphSettingsSchema = z.strictObject({
  /** A run that takes longer is ended as failed; null: no limit. */
  timeoutMs: z
    .int()
    .min(1_000)
    .max(366 * 86_400_000)
    .nullable()
    .default(null),
  onFailure: onFailureSchema.default('stop'),
  thresholds: z.array(thresholdSchema).max(20).default([]),
});
export type GraphSettings = z.infer<typeof graphSettingsSchema>;

/** What a graph without settings has. */
export const defaultSettings: GraphSettings = graphSettingsSchema.parse({});

export const graphSchema = z.strictObject({
  format: z.literal('solograph/graph'),
  version: z.literal(1),
  name: z.string().min(1).max(200),
  description: z.string().max(10_000).default(''),
  nodes: z.array(graphNodeSchema).max(graphLimits.nodes),
  edges: z.array(graphEdgeSchema).max(graphLimits.edges),
  notes: z.array(graphNoteSchema).max(graphLimits.notes).default([]),
  /** Absent: there are none. */
  groups: z.array(graphGroupSchema).max(graphLimits.groups).optional(),
  /** Absent: there are none. */
  prompts: z.array(promptSchema).max(graphLimits.prompts).optional(),
  /** Absent: the defaults. */
  settings: graphSettingsSchema.optional(),
});

/** What the operator draws: graph document, version 1. */
export type Graph = z.infer<typeof graphSchema>;
/** A graph as people may write it, defaults left out. */
export type GraphInput = z.input<typeof graphSchema>;
