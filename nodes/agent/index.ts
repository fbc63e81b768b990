import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';
import { instructionsField, modelErrors, modelFields } from '#nodes/core/model/fields.ts';
import { fromJsonSchema, type Type, t } from '#nodes/core/types.ts';

const tool = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'What the model calls it; item.tool has it.' }),
  description: z
    .string()
    .max(4_000)
    .default('')
    .meta({ title: 'What it does', description: 'When the model should use it, and what it gives.' }),
  parameters: z
    .record(z.string(), z.json())
    .default({ type: 'object', properties: {}, additionalProperties: false })
    .meta({
      title: 'Arguments',
      description: 'JSON Schema of what the model hands over; item.arguments has it.',
      widget: 'json',
    }),
});
export type Tool = z.infer<typeof tool>;

const config = z.strictObject({
  system: instructionsField('Who the model is, what it aims at, and when it is done.'),
  tools: z.array(tool).max(30).default([]).meta({
    title: 'Tools',
    description:
      'What the model may ask for. What each does is drawn after each; a Switch on item.tool tells them apart.',
  }),
  maxTurns: z
    .int()
    .min(1)
    .max(200)
    .default(10)
    .meta({ title: 'Most turns', description: 'How often the model is asked. Then it leaves by limit.' }),
  maxCalls: z
    .int()
    .min(1)
    .max(1_000)
    .default(30)
    .meta({ title: 'Most tool calls', description: 'Over all turns. Then it leaves by limit.' }),
  maxSpendMicros: z.int().min(0).max(1_000_000_000).nullable().default(1_000_000).meta({
    title: 'Most spend',
    description:
      'In millionths of a dollar. No turn begins once its model has cost this much. Empty: turns alone bound it.',
  }),
  concurrency: z
    .int()
    .min(1)
    .max(20)
    .default(4)
    .meta({ title: 'At a time', description: 'How many tools of one turn run at once.' }),
  ...modelFields(2_048),
});
export type Config = z.infer<typeof config>;

/** What the model hands to its tools, as far as that is one type. */
function argumentsType({ tools }: Config): Type {
  const [only, ...others] = tools;
  return only && others.length === 0 ? fromJsonSchema(only.parameters) : t.any();
}

function problemsOf({ tools }: Config): { field: string; message: string }[] {
  if (tools.length === 0)
    return [{ field: 'tools', message: 'It has no tools. Add one, or use Generate, which needs none.' }];
  const names = tools.map(({ name }) => name);
  return tools.flatMap(({ name, parameters }, index) => [
    ...(names.indexOf(name) === index
      ? []
      : [{ field: `tools[${index}].name`, message: `Two tools are named "${name}". Rename one.` }]),
    ...(parameters.type === 'object'
      ? []
      : [{ field: `tools[${index}].parameters.type`, message: `The arguments of "${name}" must be an object.` }]),
    ...schemaProblems(parameters).map(({ field, message }) => ({
      field: `tools[${index}].parameters${field === '' ? '' : `.${field}`}`,
      message,
    })),
  ]);
}

const ended = { text: t.string({ format: 'multiline' }), turns: t.integer(), calls: t.integer() };

export default defineNode<Config>({
  type: 'agent',
  version: 1,
  title: 'Agent',
  description:
    'A model that works towards an aim with tools. Each tool call runs the steps after each, as any others do.',
  category: 'model',
  icon: 'bot',
  kind: 'agent',
  config,
  inputs: () => ({
    prompt: {
      type: t.string({ format: 'multiline' }),
      title: 'Aim',
      description: 'What the model is asked to reach.',
      required: true,
    },
    result: {
      type: t.any(),
      title: 'Result of a tool',
      description: 'Taken when the steps of a tool call have ended; it is what the model is told.',
      required: true,
    },
  }),
  outcomes: (read) => ({
    each: t.object({
      item: t.object({
        id: t.string(),
        tool:
          read.tools.length === 0 ? t.string() : t.string({ enum: [...new Set(read.tools.map(({ name }) => name))] }),
        arguments: argumentsType(read),
        turn: t.integer({ minimum: 1 }),
      }),
      index: t.integer({ minimum: 0 }),
    }),
    done: t.object(ended),
    limit: t.object({ ...ended, reason: t.string({ enum: ['turns', 'calls', 'spend'] }) }),
  }),
  summary: ({ tools, maxTurns }) => {
    const names = tools.slice(0, 4).map(({ name }) => name);
    const shown = tools.length === 0 ? 'no tools' : [...names, ...(tools.length > 4 ? ['…'] : [])].join(', ');
    return `Up to ${maxTurns} turns: ${shown}`;
  },
  effect: 'read',
  reversible: true,
  risk: 0.2,
  // What a model asks of a tool, and says at the end, follows from whatever its tools brought.
  trust: 'untrusted',
  capabilities: ['model'],
  spends: 'model',
  check: problemsOf,
  retry: null,
  timeoutMs: 300_000,
  errors: modelErrors,
  example: {
    config: {
      system: 'You answer questions of customers. Look up what you do not know.',
      tools: [
        {
          name: 'recall',
          description: 'Finds what we remember of a subject',
          parameters: {
            type: 'object',
            properties: { about: { type: 'string' } },
            required: ['about'],
            additionalProperties: false,
          },
        },
      ],
    },
    inputs: { prompt: 'When did Maria Anders last order Chai?', result: [{ order: 'Chai', at: '2026-01-12' }] },
  },
});
