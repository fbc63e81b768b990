import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { type Type, t } from '#nodes/core/types.ts';

export const outputTypes = ['any', 'text', 'number', 'integer', 'boolean', 'list', 'object'] as const;

const config = z.strictObject({
  fields: z
    .array(
      z.strictObject({
        name: idSchema.meta({ title: 'Name' }),
        type: z.enum(outputTypes).default('any').meta({ title: 'Kind' }),
      }),
    )
    .max(100)
    .default([])
    .meta({ title: 'Values', description: 'What the run gives as its result.' }),
});
export type Config = z.infer<typeof config>;

const typeOf: Record<(typeof outputTypes)[number], Type> = {
  any: t.any(),
  text: t.string(),
  number: t.number(),
  integer: t.integer(),
  boolean: t.boolean(),
  list: t.array(t.any()),
  object: t.record(t.any()),
};

export default defineNode<Config>({
  type: 'output',
  version: 1,
  title: 'Output',
  description: 'Gives values as the result of the run.',
  category: 'flow',
  icon: 'log-out',
  kind: 'output',
  config,
  inputs: ({ fields }) =>
    Object.fromEntries(
      fields.map(({ name, type }) => [name, { type: typeOf[type], title: name, required: true } as const]),
    ),
  outcomes: ({ fields }) => ({
    done: t.object(Object.fromEntries(fields.map(({ name, type }) => [name, typeOf[type]]))),
  }),
  summary: ({ fields }) => {
    const names = fields.slice(0, 4).map(({ name }) => name);
    return fields.length === 0 ? 'No values' : `${names.join(', ')}${fields.length > 4 ? ', …' : ''}`;
  },
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  check: ({ fields }) => {
    const names = fields.map(({ name }) => name);
    return names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ field: `fields[${index}].name`, message: `Two values are named "${name}". Rename one.` }],
    );
  },
  retry: null,
  timeoutMs: 10_000,
  errors: [],
  example: {
    config: {
      fields: [
        { name: 'sent', type: 'integer' },
        { name: 'skipped', type: 'list' },
      ],
    },
    inputs: { sent: 84, skipped: ['Alfreds Futterkiste'] },
  },
});
