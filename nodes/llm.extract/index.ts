import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { instructionsField, modelFields, modelTask, sameNames, textInput } from '#nodes/core/model/fields.ts';
import { type ObjectType, type Type, t } from '#nodes/core/types.ts';

const kinds = [
  'text',
  'number',
  'integer',
  'boolean',
  'email',
  'uri',
  'date-time',
  'choice',
  'texts',
  'numbers',
] as const;

const field = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'Name of the member that holds it.' }),
  type: z.enum(kinds).default('text').meta({ title: 'Type', description: 'What kind of value it is.' }),
  description: z
    .string()
    .max(2_000)
    .default('')
    .meta({ title: 'What it is', description: 'How the model tells it from other things in the text.' }),
  choices: z
    .array(z.string().min(1).max(200))
    .max(100)
    .default([])
    .meta({ title: 'Choices', description: 'Of a choice: the values that it may have.' }),
  required: z
    .boolean()
    .default(true)
    .meta({ title: 'Required', description: 'Without it the text leaves by missing. Others are null.' }),
});
export type Field = z.infer<typeof field>;

const config = z.strictObject({
  fields: z.array(field).max(50).default([]).meta({
    title: 'Values',
    description: 'What is taken out of the text. What the text does not say is not made up.',
  }),
  instructions: instructionsField('What else the model should know of such texts.'),
  ...modelFields(2_048),
});
export type Config = z.infer<typeof config>;

/** The type of one value where the text has it. */
export function typeOf({ type, choices }: Field): Type {
  switch (type) {
    case 'text':
      return t.string();
    case 'number':
      return t.number();
    case 'integer':
      return t.integer();
    case 'boolean':
      return t.boolean();
    case 'email':
    case 'uri':
    case 'date-time':
      return t.string({ format: type });
    case 'choice':
      return choices.length > 0 ? t.string({ enum: choices }) : t.string();
    case 'texts':
      return t.array(t.string());
    case 'numbers':
      return t.array(t.number());
  }
}

/** What the model answers: every value, null where the text does not say it. */
export function answerType({ fields }: Config): ObjectType {
  return t.object(Object.fromEntries(fields.map((each) => [each.name, t.nullable(typeOf(each))])));
}

function foundType({ fields }: Config): ObjectType {
  return t.object(
    Object.fromEntries(fields.map((each) => [each.name, each.required ? typeOf(each) : t.nullable(typeOf(each))])),
  );
}

function problemsOf({ fields }: Config): { field: string; message: string }[] {
  if (fields.length === 0)
    return [{ field: 'fields', message: 'Nothing is to be taken out of the text. Add a value.' }];
  return [
    ...sameNames(
      'fields',
      'values',
      fields.map(({ name }) => name),
    ),
    ...fields.flatMap(({ name, type, choices }, index) =>
      type === 'choice' && choices.length === 0
        ? [{ field: `fields[${index}].choices`, message: `"${name}" is a choice without choices. Add them.` }]
        : [],
    ),
  ];
}

export default defineNode<Config>({
  ...modelTask,
  type: 'llm.extract',
  version: 1,
  title: 'Extract',
  description: 'Takes typed values out of a text, and says which of them the text does not have.',
  icon: 'text-search',
  config,
  inputs: () => ({
    text: textInput('What the values are taken out of.'),
  }),
  outcomes: (read) => ({
    ok: foundType(read),
    missing: t.object({ missing: t.array(t.string()), found: answerType(read) }),
  }),
  summary: ({ fields }) => {
    const names = fields.slice(0, 4).map(({ name }) => name);
    return fields.length === 0 ? 'No values' : [...names, ...(fields.length > 4 ? ['…'] : [])].join(', ');
  },
  check: problemsOf,
  example: {
    config: {
      fields: [
        { name: 'number', description: 'The number of the invoice' },
        { name: 'total', type: 'number', description: 'What is to be paid, without the currency' },
        { name: 'currency', type: 'choice', choices: ['EUR', 'USD'], required: false },
      ],
    },
    inputs: { text: 'Invoice 2026-117. Total: 240.50 EUR, payable within 14 days.' },
  },
});
