import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { type Type, t } from '#nodes/core/types.ts';
import { givenValue, valueProblem } from './values.ts';

export const fieldTypes = [
  'text',
  'multiline',
  'number',
  'integer',
  'boolean',
  'date',
  'email',
  'choice',
  'file',
] as const;

const field = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'Used in expressions, as run.input.name.' }),
  title: z.string().max(200).default('').meta({ title: 'Title', description: 'What the form says. Empty: the name.' }),
  type: z.enum(fieldTypes).default('text').meta({ title: 'Kind' }),
  required: z.boolean().default(true).meta({ title: 'Required' }),
  options: z
    .array(z.string().min(1).max(200))
    .max(200)
    .default([])
    .meta({ title: 'Choices', description: 'For the kind choice.' }),
  help: z.string().max(1_000).default('').meta({ title: 'Help', description: 'A line under the field.' }),
  default: z
    .union([z.string().max(10_000), z.number(), z.boolean()])
    .nullable()
    .default(null)
    .meta({ title: 'Default', description: 'Used where nothing is given.' }),
});
export type Field = z.infer<typeof field>;

const config = z.strictObject({
  fields: z.array(field).max(100).default([]).meta({ title: 'Form', description: 'What is asked when a run starts.' }),
});
export type Config = z.infer<typeof config>;

const typeOf = (entry: Field): Type => {
  switch (entry.type) {
    case 'text':
    case 'date':
      return t.string();
    case 'multiline':
      return t.string({ format: 'multiline' });
    case 'email':
      return t.string({ format: 'email' });
    case 'choice':
      return entry.options.length > 0 ? t.string({ enum: entry.options }) : t.string();
    case 'number':
      return t.number();
    case 'integer':
      return t.integer();
    case 'boolean':
      return t.boolean();
    case 'file':
      return t.file();
  }
};

/** What is wrong with the form itself. */
function problemsOf({ fields }: Config): { field: string; message: string }[] {
  return fields.flatMap((entry, index) => {
    const at = `fields[${index}]`;
    const found: { field: string; message: string }[] = [];
    if (fields.findIndex((other) => other.name === entry.name) !== index)
      found.push({ field: `${at}.name`, message: `Two fields are named "${entry.name}". Rename one.` });
    if (entry.type === 'choice' && entry.options.length === 0)
      found.push({ field: `${at}.options`, message: `"${entry.name}" has nothing to choose from. Add a choice.` });
    const value = givenValue(entry.default);
    const problem = value === undefined ? null : valueProblem(entry, value);
    if (problem) found.push({ field: `${at}.default`, message: `The default of "${entry.name}" ${problem}` });
    return found;
  });
}

export default defineNode<Config>({
  type: 'trigger.manual',
  version: 1,
  title: 'Start by hand',
  description: 'Starts a run from a form that you fill in.',
  category: 'trigger',
  icon: 'play',
  kind: 'trigger',
  config,
  inputs: () => ({}),
  outcomes: ({ fields }) => ({
    fired: t.object(
      Object.fromEntries(fields.map((entry) => [entry.name, typeOf(entry)])),
      fields.filter((entry) => entry.required || givenValue(entry.default) !== undefined).map((entry) => entry.name),
    ),
  }),
  summary: ({ fields }) => {
    const titles = fields.slice(0, 4).map((entry) => entry.title || entry.name);
    return fields.length === 0 ? 'Asks nothing' : `Asks ${titles.join(', ')}${fields.length > 4 ? ', …' : ''}`;
  },
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'trusted',
  capabilities: [],
  spends: null,
  check: problemsOf,
  retry: null,
  timeoutMs: 10_000,
  errors: [],
  example: {
    config: {
      fields: [
        { name: 'leads', title: 'Leads', type: 'file', help: 'A CSV file with a column email.' },
        { name: 'days', title: 'Days of silence', type: 'integer', default: 30 },
      ],
    },
    inputs: { leads: { kind: 'file', id: 'leads', name: 'leads.csv', mime: 'text/csv', bytes: 6044 }, days: 14 },
  },
});
