import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { graphLimits } from '#nodes/core/graph.ts';
import { type Type, t } from '#nodes/core/types.ts';
import { type Field, fieldSchema, reservedNames, typeOf, typesOf } from './fields.ts';

const riskRule = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Shown as a reason in the inbox.' }),
  when: z
    .string()
    .max(graphLimits.expression)
    .meta({ title: 'When', description: 'An expression over the fields.', widget: 'cel' }),
  add: z.number().min(-1).max(1).meta({ title: 'Adds to the risk', description: 'From -1 to 1.' }),
});
export type RiskRule = z.infer<typeof riskRule>;

const config = z.strictObject({
  title: z
    .string()
    .min(1)
    .max(200)
    .default('Approve')
    .meta({ title: 'Title', description: 'What you are asked, for example Send e-mail.' }),
  fields: z
    .array(fieldSchema)
    .max(50)
    .default([])
    .meta({ title: 'Fields', description: 'What is proposed. Each is an input.' }),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({ title: 'Asks from risk', description: '0 asks always. Below it, the proposal passes by itself.' }),
  baseRisk: z.number().min(0).max(1).default(0).meta({ title: 'Base risk', description: 'Before the rules.' }),
  riskRules: z
    .array(riskRule)
    .max(100)
    .default([])
    .meta({ title: 'Risk rules', description: 'Each that applies adds to the risk.' }),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(366 * 86_400_000)
    .nullable()
    .default(null)
    .meta({ title: 'Waits at most', description: 'Then it leaves by timeout. Empty: for ever.', widget: 'duration' }),
});
export type Config = z.infer<typeof config>;

function decided(fields: Field[], decisions: string[]): Type {
  return t.object({
    ...typesOf(fields),
    decision: t.string({ enum: decisions }),
    edited: t.boolean(),
    by: t.string(),
    reason: t.nullable(t.string()),
  });
}

function problemsOf({ fields }: Config): { field: string; message: string }[] {
  const names = fields.map((field) => field.name);
  return names.flatMap((name, index) => {
    const field = `fields[${index}].name`;
    if (reservedNames.some((reserved) => reserved === name))
      return [{ field, message: `"${name}" is used by the node itself. Rename the field.` }];
    return names.indexOf(name) === index ? [] : [{ field, message: `Two fields are named "${name}". Rename one.` }];
  });
}

export default defineNode<Config>({
  type: 'human.approval',
  version: 1,
  title: 'Ask me',
  description: 'Waits for your decision: approve, edit, or reject. Below a risk that you set it passes by itself.',
  category: 'people',
  icon: 'user-check',
  kind: 'gate',
  config,
  inputs: ({ fields }) => ({
    about: {
      type: t.nullable(t.string()),
      title: 'About',
      description: 'Who or what it is about; shown in the inbox.',
      required: false,
    },
    ...Object.fromEntries(
      fields.map((field) => [
        field.name,
        { type: typeOf(field), title: field.title || field.name, required: true } as const,
      ]),
    ),
  }),
  outcomes: ({ fields }) => ({
    approved: decided(fields, ['approved', 'auto']),
    rejected: decided(fields, ['rejected']),
    timeout: decided(fields, ['timeout']),
  }),
  summary: ({ title, threshold }) => `${title}: ${threshold === 0 ? 'asks always' : `asks from risk ${threshold}`}`,
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  gate: { by: 'human', passing: ['approved'] },
  capabilities: [],
  spends: null,
  expressions: ({ riskRules }) =>
    riskRules.map((rule, index) => ({ path: `riskRules[${index}].when`, expr: rule.when, expects: 'boolean' })),
  check: problemsOf,
  retry: null,
  timeoutMs: 10_000,
  errors: ['EXPRESSION_FAILED'],
  example: {
    config: {
      title: 'Send e-mail',
      fields: [
        { name: 'to', title: 'To', editable: false },
        { name: 'body', title: 'Text', type: 'multiline' },
        { name: 'firstContact', type: 'boolean', editable: false, hidden: true },
      ],
      threshold: 0.5,
      baseRisk: 0.3,
      riskRules: [{ name: 'First contact', when: 'firstContact', add: 0.4 }],
    },
    inputs: { about: 'Maria Anders', to: 'maria@example.test', body: 'Dear Maria, …', firstContact: true },
  },
});
