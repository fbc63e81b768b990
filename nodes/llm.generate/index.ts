import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';
import { instructionsField, modelFields, modelTask } from '#nodes/core/model/fields.ts';
import { fromJsonSchema, t } from '#nodes/core/types.ts';

const output = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text').meta({ title: 'Kind' }) }).meta({ title: 'Text' }),
  z
    .strictObject({
      kind: z.literal('json').meta({ title: 'Kind' }),
      schema: z
        .record(z.string(), z.json())
        .meta({ title: 'Schema', description: 'A JSON Schema that the answer must satisfy.', widget: 'json' }),
    })
    .meta({ title: 'Values' }),
]);

const config = z.strictObject({
  system: instructionsField('Who the model is and how it answers. The input of the same name takes their place.'),
  ...modelFields(1_024),
  output: output.default({ kind: 'text' }).meta({ title: 'Answer', description: 'Text, or values of a fixed shape.' }),
});
export type Config = z.infer<typeof config>;

function problemsOf({ output: answer }: Config): { field: string; message: string }[] {
  if (answer.kind === 'text') return [];
  if (Object.keys(answer.schema).length === 0)
    return [{ field: 'output.schema', message: 'The schema is empty. Describe the values, or choose text.' }];
  return schemaProblems(answer.schema).map(({ field, message }) => ({
    field: field ? `output.schema.${field}` : 'output.schema',
    message,
  }));
}

export default defineNode<Config>({
  ...modelTask,
  type: 'llm.generate',
  version: 1,
  title: 'Generate',
  description: 'Asks a language model for text, or for values that satisfy a schema.',
  icon: 'sparkles',
  config,
  inputs: () => ({
    prompt: {
      type: t.string({ format: 'multiline' }),
      title: 'Prompt',
      description: 'What the model is asked.',
      required: true,
    },
    system: {
      type: t.nullable(t.string({ format: 'multiline' })),
      title: 'Instructions',
      description: 'In place of the configured ones.',
      required: false,
    },
  }),
  outcomes: ({ output: answer }) => ({
    ok: answer.kind === 'json' ? fromJsonSchema(answer.schema) : t.object({ text: t.string({ format: 'multiline' }) }),
  }),
  summary: ({ output: answer, model }) =>
    `${answer.kind === 'json' ? 'Values by a schema' : 'Text'}, ${model || 'model of the project'}`,
  check: problemsOf,
  example: {
    config: {
      system: 'You write short, warm e-mails.',
      output: {
        kind: 'json',
        schema: {
          type: 'object',
          properties: { subject: { type: 'string' }, body: { type: 'string' } },
          required: ['subject', 'body'],
          additionalProperties: false,
        },
      },
    },
    inputs: { prompt: 'Write to Maria Anders about her last order of Chai.' },
  },
});
