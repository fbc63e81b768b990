import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { graphLimits, idSchema } from '#nodes/core/graph.ts';
import { type Type, t } from '#nodes/core/types.ts';

export const valueTypes = ['any', 'text', 'number', 'integer', 'boolean', 'list', 'object'] as const;

const field = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'Used in the rules.' }),
  type: z.enum(valueTypes).default('any').meta({ title: 'Kind' }),
});

const rule = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Shown where the rule decides.' }),
  when: z
    .string()
    .max(graphLimits.expression)
    .meta({ title: 'When', description: 'An expression over the values.', widget: 'cel' }),
  effect: z.enum(['deny', 'allow']).default('deny').meta({ title: 'Then' }),
  message: z
    .string()
    .max(1_000)
    .default('')
    .meta({ title: 'Message', description: 'Why, for those who read the result. Empty: the name.' }),
});
export type Rule = z.infer<typeof rule>;

const config = z.strictObject({
  fields: z.array(field).max(100).default([]).meta({ title: 'Values', description: 'What the rules look at.' }),
  rules: z
    .array(rule)
    .max(200)
    .default([])
    .meta({ title: 'Rules', description: 'Tried from the top; the first that applies decides.' }),
  default: z
    .enum(['allow', 'deny'])
    .default('allow')
    .meta({ title: 'Otherwise', description: 'Where no rule applies.' }),
});
export type Config = z.infer<typeof config>;

const typeOf: Record<(typeof valueTypes)[number], Type> = {
  any: t.any(),
  text: t.string(),
  number: t.number(),
  integer: t.integer(),
  boolean: t.boolean(),
  list: t.array(t.any()),
  object: t.record(t.any()),
};

const decision = t.object({ rule: t.string(), message: t.string() });

function problemsOf({ fields, rules }: Config): { field: string; message: string }[] {
  const names = fields.map((entry) => entry.name);
  const titles = rules.map((entry) => entry.name);
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ field: `fields[${index}].name`, message: `Two values are named "${name}". Rename one.` }],
    ),
    ...titles.flatMap((name, index) =>
      titles.indexOf(name) === index
        ? []
        : [{ field: `rules[${index}].name`, message: `Two rules are named "${name}". Rename one.` }],
    ),
  ];
}

export default defineNode<Config>({
  type: 'policy.check',
  version: 1,
  title: 'Check policy',
  description: 'Lets something pass or blocks it, by named rules. The rule that decided is kept.',
  category: 'people',
  icon: 'shield-check',
  kind: 'task',
  config,
  inputs: ({ fields }) =>
    Object.fromEntries(
      fields.map(({ name, type }) => [name, { type: typeOf[type], title: name, required: true } as const]),
    ),
  outcomes: () => ({ pass: decision, blocked: decision }),
  summary: ({ rules, default: otherwise }) =>
    rules.length === 0
      ? `No rules: ${otherwise}`
      : `${rules.length === 1 ? '1 rule' : `${rules.length} rules`}, otherwise ${otherwise}`,
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'trusted',
  gate: { by: 'policy', passing: ['pass'] },
  capabilities: [],
  spends: null,
  expressions: ({ rules }) =>
    rules.map((entry, index) => ({ path: `rules[${index}].when`, expr: entry.when, expects: 'boolean' })),
  check: problemsOf,
  retry: null,
  timeoutMs: 10_000,
  errors: ['EXPRESSION_FAILED'],
  example: {
    config: {
      fields: [
        { name: 'customer', type: 'object' },
        { name: 'daysSinceContact', type: 'integer' },
      ],
      rules: [
        {
          name: 'Do not contact',
          when: 'customer.doNotContact == true',
          effect: 'deny',
          message: 'The customer asked not to be contacted.',
        },
        {
          name: 'Contacted lately',
          when: 'daysSinceContact < 14',
          effect: 'deny',
          message: 'Contacted within 14 days.',
        },
      ],
    },
    inputs: { customer: { doNotContact: false }, daysSinceContact: 40 },
  },
});
